#include "gemm.h"
#include "layer.h"

#include <cstring>

namespace sweep {
namespace {

class Dense final : public Layer {
 public:
  Dense(Shape in, Weights weights, Activation activation, int64_t chunk, at::ScalarType type)
      : Layer(in, Shape{1, 1, weights.weight.size(0)}, type), weights_(std::move(weights)), activation_(activation) {
    before_ = rows_of(chunk, out);
    after_ = activation == Activation::Gelu ? rows_of(chunk, out) : before_;
    delta_ = rows_of(chunk, in);
    if (type != at::kFloat) narrow_ = at::empty(weights_.weight.sizes(), type);
  }

  void begin(const Pass&) override {
    if (narrow_.defined()) narrow_.copy_(weights_.weight.detach());
  }

  const at::Tensor& forward(const at::Tensor& x, const Tile& tile, const Pass&) override {
    const int64_t m = tile.rows, n = out.channels, k = in.channels;
    if (type == at::kFloat) {
      gemm(false, true, m, n, k, memory<float>(x), k, memory<float>(weights_.weight), k, 0, memory<float>(before_), n);
    } else {
      auto result = before_.narrow(0, 0, m);
      at::mm_out(result, x.narrow(0, 0, m), narrow_.t());
    }
    const float* bias = weights_.bias.defined() ? memory<float>(weights_.bias) : nullptr;
    typed([&](auto* t) {
      using T = std::remove_pointer_t<decltype(t)>;
      forward_activation(activation_, memory<T>(before_), bias, m, n, memory<T>(after_));
    });
    return after_;
  }

  const at::Tensor& backward(const at::Tensor& x, const at::Tensor& delta, const Tile& tile, const Pass& pass, bool wanted) override {
    const int64_t m = tile.rows, n = out.channels, k = in.channels;
    float* bias = nullptr;
    if (weights_.bias.defined()) {
      bias = memory<float>(weights_.bias.grad());
      if (pass.first) std::memset(bias, 0, sizeof(float) * n);
    }
    if (activation_ != Activation::None || bias)
      typed([&](auto* t) {
        using T = std::remove_pointer_t<decltype(t)>;
        backward_activation(activation_, memory<T>(before_), memory<T>(after_), m, n, memory<T>(delta), bias);
      });
    auto gradient = weights_.weight.grad();
    if (type == at::kFloat) {
      const auto* d = memory<float>(delta);
      gemm(true, false, n, k, m, d, n, memory<float>(x), k, pass.first ? 0.0f : 1.0f, memory<float>(gradient), k);
      if (wanted) gemm(false, false, m, k, n, d, n, memory<float>(weights_.weight), k, 0, memory<float>(delta_), k);
      return delta_;
    }
    const auto d = delta.narrow(0, 0, m);
    const auto narrow = at::mm(d.t(), x.narrow(0, 0, m));
    if (pass.first) gradient.copy_(narrow);
    else gradient.add_(narrow);
    if (wanted) {
      auto result = delta_.narrow(0, 0, m);
      at::mm_out(result, d, narrow_);
    }
    return delta_;
  }

 private:
  Weights weights_;
  Activation activation_;
  at::Tensor before_, after_, delta_;  // z, f(z) and the gradient at x
  at::Tensor narrow_;                  // the weight in bfloat16
};

}  // namespace

void Weights::check(const char* layer) const {
  TORCH_CHECK(weight.scalar_type() == at::kFloat && weight.is_contiguous(), "the weight of ", layer, " must be float32 and contiguous");
  TORCH_CHECK(!bias.defined() || (bias.numel() == weight.size(0) && bias.scalar_type() == at::kFloat), layer, " has ", weight.size(0), " outputs but another bias");
  TORCH_CHECK(weight.grad().defined() && (!bias.defined() || bias.grad().defined()), layer, " has no gradient buffers");
}

std::unique_ptr<Layer> dense_layer(Shape in, Weights weights, Activation activation, int64_t chunk, at::ScalarType type) {
  weights.check("a fully connected layer");
  TORCH_CHECK(weights.weight.dim() == 2 && in.positions() == 1 && weights.weight.size(1) == in.channels, "a fully connected layer takes ",
              weights.weight.size(1), " inputs but gets ", in.size());
  return std::make_unique<Dense>(in, std::move(weights), activation, chunk, type);
}

}  // namespace sweep
