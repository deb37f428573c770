#include "layer.h"

#include <vector>

namespace sweep {
namespace {

// libtorch hands these to oneDNN. With the channels of a pixel side by side its kernels come within a few percent of its
// matrix product; a few rows at a time, what goes from layer to layer stays in the cache.
class Convolution final : public Layer {
 public:
  Convolution(Shape in, Shape out, Weights weights, Activation activation, int64_t padding, at::ScalarType type)
      : Layer(in, out, type), weights_(std::move(weights)), activation_(activation), padding_(padding) {}

  void begin(const Pass&) override {
    const auto& weight = weights_.weight;
    // Spelled out, because for one channel libtorch would take either layout for the other.
    const int64_t o = weight.size(0), i = weight.size(1), h = weight.size(2), w = weight.size(3);
    if (!packed_.defined()) packed_ = at::empty_strided({o, i, h, w}, {i * h * w, 1, i * w, i}, type);
    packed_.copy_(weight.detach());
    if (weights_.bias.defined()) bias_ = weights_.bias.detach().to(type);
  }

  const at::Tensor& forward(const at::Tensor& x, const Tile& tile, const Pass&) override {
    if (tile.number >= before_.size()) {
      before_.resize(tile.number + 1);
      after_.resize(tile.number + 1);
    }
    auto& z = before_[tile.number] = image(at::convolution(image(x, tile.rows, in), packed_, bias_, {1, 1}, {padding_, padding_}, {1, 1}, false, {0, 0}, 1));
    auto& a = after_[tile.number];
    a = activation_ == Activation::Gelu ? at::empty_like(z) : z;
    if (activation_ != Activation::None)
      typed([&](auto* t) {
        using T = std::remove_pointer_t<decltype(t)>;
        forward_activation(activation_, memory<T>(z), nullptr, 1, tile.rows * out.size(), memory<T>(a));
      });
    return a;
  }

  const at::Tensor& backward(const at::Tensor& x, const at::Tensor& delta, const Tile& tile, const Pass& pass, bool wanted) override {
    if (activation_ != Activation::None)
      typed([&](auto* t) {
        using T = std::remove_pointer_t<decltype(t)>;
        backward_activation(activation_, memory<T>(before_[tile.number]), memory<T>(after_[tile.number]), 1, tile.rows * out.size(), memory<T>(delta), nullptr);
      });
    const bool biased = weights_.bias.defined();
    const auto bias_size = at::OptionalIntArrayRef(at::IntArrayRef(bias_shape_));
    auto [dx, dw, db] = at::convolution_backward(image(delta, tile.rows, out), image(x, tile.rows, in), packed_, biased ? bias_size : c10::nullopt,
                                                 {1, 1}, {padding_, padding_}, {1, 1}, false, {0, 0}, 1, {wanted, true, biased});
    const bool first = pass.first && tile.number == 0;
    add(weights_.weight.grad(), dw, first);
    if (biased) add(weights_.bias.grad(), db, first);
    if (wanted) delta_ = image(std::move(dx));
    before_[tile.number] = after_[tile.number] = at::Tensor();
    return delta_;
  }

 private:
  at::Tensor image(const at::Tensor& x, int64_t rows, const Shape& s) const {
    return x.as_strided({rows, s.channels, s.height, s.width}, {s.size(), 1, s.width * s.channels, s.channels});
  }

  // As the next layer reads it: position by position.
  static at::Tensor image(at::Tensor x) { return x.contiguous(at::MemoryFormat::ChannelsLast); }

  static void add(at::Tensor gradient, const at::Tensor& part, bool first) {
    if (first) gradient.copy_(part);
    else gradient.add_(part);
  }

  Weights weights_;
  Activation activation_;
  int64_t padding_;
  const std::vector<int64_t> bias_shape_{out.channels};
  at::Tensor packed_, bias_;                 // in the type and layout of the activations
  std::vector<at::Tensor> before_, after_;  // z and f(z) of each tile
  at::Tensor delta_;
};

// Keeps, for each value that came through, which of its window it was.
class Pool final : public Layer {
 public:
  Pool(Shape in, bool relu, int64_t window, at::ScalarType type)
      : Layer(in, Shape{in.height / window, in.width / window, in.channels}, type), relu_(relu), window_(window) {}

  const at::Tensor& forward(const at::Tensor& x, const Tile& tile, const Pass&) override {
    if (tile.number >= from_.size()) {
      from_.resize(tile.number + 1);
      after_.resize(tile.number + 1);
    }
    auto& a = after_[tile.number];
    if (!a.defined() || a.size(0) < tile.rows) {
      a = rows_of(tile.rows, out);
      from_[tile.number] = at::empty({tile.rows, out.size()}, at::kByte);
    }
    typed([&](auto* t) {
      using T = std::remove_pointer_t<decltype(t)>;
      pool_forward(memory<T>(x), tile.rows, in.height, in.width, in.channels, window_, relu_, memory<T>(a), memory<uint8_t>(from_[tile.number]));
    });
    return a;
  }

  const at::Tensor& backward(const at::Tensor&, const at::Tensor& delta, const Tile& tile, const Pass&, bool) override {
    if (!delta_.defined() || delta_.size(0) < tile.rows) delta_ = rows_of(tile.rows, in);
    typed([&](auto* t) {
      using T = std::remove_pointer_t<decltype(t)>;
      pool_backward(memory<T>(delta), memory<T>(after_[tile.number]), memory<uint8_t>(from_[tile.number]), tile.rows, in.height, in.width, in.channels,
                    window_, relu_, memory<T>(delta_));
    });
    return delta_;
  }

 private:
  bool relu_;
  int64_t window_;
  std::vector<at::Tensor> after_, from_;
  at::Tensor delta_;
};

}  // namespace

std::unique_ptr<Layer> convolution_layer(Shape in, Weights weights, Activation activation, int64_t padding, at::ScalarType type) {
  weights.check("a convolution");
  const auto& weight = weights.weight;
  TORCH_CHECK(weight.dim() == 4 && weight.size(1) == in.channels, "a convolution takes ", weight.size(1), " channels but gets ", in.channels);
  const Shape out{in.height + 2 * padding - weight.size(2) + 1, in.width + 2 * padding - weight.size(3) + 1, weight.size(0)};
  TORCH_CHECK(out.height > 0 && out.width > 0, "an image of ", in.height, " by ", in.width, " is too small for a convolution of ", weight.size(2), " by ", weight.size(3));
  return std::make_unique<Convolution>(in, out, std::move(weights), activation, padding, type);
}

std::unique_ptr<Layer> pool_layer(Shape in, Activation activation, int64_t window, at::ScalarType type) {
  TORCH_CHECK(activation == Activation::None || activation == Activation::Relu, "only relu may come after max-pooling");
  TORCH_CHECK(window > 0 && window <= 16 && window <= in.height && window <= in.width, "an image of ", in.height, " by ", in.width,
              " cannot be pooled by ", window);
  return std::make_unique<Pool>(in, activation == Activation::Relu, window, type);
}

}  // namespace sweep
