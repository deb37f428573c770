#include "layer.h"

#include <cmath>
#include <vector>

namespace sweep {
namespace {

// From images, a tile at a time, to rows of the whole chunk: channel by channel, as PyTorch's Flatten.
class Flatten final : public Layer {
 public:
  Flatten(Shape in, int64_t chunk, at::ScalarType type) : Layer(in, Shape{1, 1, in.size()}, type), after_(rows_of(chunk, out)) {}

  const at::Tensor& forward(const at::Tensor& x, const Tile& tile, const Pass&) override {
    typed([&](auto* t) {
      using T = std::remove_pointer_t<decltype(t)>;
      swap_axes(memory<T>(x), tile.rows, in.positions(), in.channels, memory<T>(after_) + tile.begin * out.channels);
    });
    return after_;
  }

  const at::Tensor& backward(const at::Tensor&, const at::Tensor& delta, const Tile& tile, const Pass&, bool) override {
    if (!delta_.defined() || delta_.size(0) < tile.rows) delta_ = rows_of(tile.rows, in);
    typed([&](auto* t) {
      using T = std::remove_pointer_t<decltype(t)>;
      swap_axes(memory<T>(delta) + tile.begin * out.channels, tile.rows, in.channels, in.positions(), memory<T>(delta_));
    });
    return delta_;
  }

 private:
  at::Tensor after_, delta_;
};

// In place where what comes before needs no more than the sign of its output; the mask is made again on the way back.
class Dropout final : public Layer {
 public:
  Dropout(Shape in, int64_t number, double probability, bool in_place, int64_t chunk, at::ScalarType type)
      : Layer(in, in, type), number_(number), probability_(probability) {
    if (!in_place) after_ = rows_of(chunk, in);
  }

  const at::Tensor& forward(const at::Tensor& x, const Tile& tile, const Pass& pass) override {
    if (!pass.training || probability_ == 0) return x;
    const auto& to = after_.defined() ? after_ : x;
    mask(x, to, tile, pass, after_.defined() ? tile.begin : 0);
    if (after_.defined()) view_ = after_.narrow(0, tile.begin, tile.rows);
    return after_.defined() ? view_ : x;
  }

  const at::Tensor& backward(const at::Tensor&, const at::Tensor& delta, const Tile& tile, const Pass& pass, bool) override {
    if (probability_ != 0) mask(delta, delta, tile, pass, 0);
    return delta;
  }

 private:
  void mask(const at::Tensor& x, const at::Tensor& to, const Tile& tile, const Pass& pass, int64_t begin) const {
    const auto key = dropout_key(pass.seed, pass.step, number_, pass.row + tile.begin, probability_);
    typed([&](auto* t) {
      using T = std::remove_pointer_t<decltype(t)>;
      dropout(key, memory<T>(x), tile.rows, in.positions(), in.channels, memory<T>(to) + begin * in.size());
    });
  }

  int64_t number_;
  double probability_;
  at::Tensor after_, view_;
};

// Ioffe & Szegedy 2015: by the statistics of the rows at hand when training, by running averages of them otherwise.
class Norm final : public Layer {
 public:
  Norm(Shape in, Weights weights, at::Tensor mean, at::Tensor variance, double momentum, double epsilon, Activation activation, int64_t chunk,
       at::ScalarType type)
      : Layer(in, in, type), weights_(std::move(weights)), running_mean_(std::move(mean)), running_variance_(std::move(variance)),
        momentum_(momentum), epsilon_(epsilon), activation_(activation) {
    before_ = rows_of(chunk, in);
    after_ = activation == Activation::Gelu ? rows_of(chunk, in) : before_;
    statistics_ = at::empty({5, in.channels}, at::kFloat);
  }

  const at::Tensor& forward(const at::Tensor& x, const Tile& tile, const Pass& pass) override {
    const int64_t columns = in.channels;
    float *mean = row(0), *variance = row(1), *inverse = row(2);
    auto *running_mean = memory<float>(running_mean_), *running_variance = memory<float>(running_variance_);
    typed([&](auto* t) {
      using T = std::remove_pointer_t<decltype(t)>;
      if (pass.training) {
        column_moments(memory<T>(x), tile.rows, columns, mean, variance);
        // PyTorch: the running variance is the unbiased one.
        const double unbiased = tile.rows > 1 ? static_cast<double>(tile.rows) / static_cast<double>(tile.rows - 1) : 1.0;
        const double share = pass.share > 0 ? pass.share : momentum_;
        for (int64_t j = 0; j < columns; j++) {
          if (share == 1) running_mean[j] = running_variance[j] = 0;
          running_mean[j] += static_cast<float>(share * (mean[j] - running_mean[j]));
          running_variance[j] += static_cast<float>(share * (unbiased * variance[j] - running_variance[j]));
        }
      }
      const float* center = pass.training ? mean : running_mean;
      const float* spread = pass.training ? variance : running_variance;
      for (int64_t j = 0; j < columns; j++) inverse[j] = static_cast<float>(1.0 / std::sqrt(spread[j] + epsilon_));
      normalise(memory<T>(x), tile.rows, columns, center, inverse, memory<float>(weights_.weight), memory<float>(weights_.bias), memory<T>(before_));
      forward_activation(activation_, memory<T>(before_), nullptr, tile.rows, columns, memory<T>(after_));
    });
    return after_;
  }

  const at::Tensor& backward(const at::Tensor& x, const at::Tensor& delta, const Tile& tile, const Pass& pass, bool) override {
    if (pass.first) {
      weights_.weight.grad().zero_();
      weights_.bias.grad().zero_();
    }
    typed([&](auto* t) {
      using T = std::remove_pointer_t<decltype(t)>;
      backward_activation(activation_, memory<T>(before_), memory<T>(after_), tile.rows, in.channels, memory<T>(delta), nullptr);
      normalise_backward(memory<T>(x), tile.rows, in.channels, row(0), row(2), memory<float>(weights_.weight), memory<T>(delta),
                         memory<float>(weights_.weight.grad()), memory<float>(weights_.bias.grad()), row(3));
    });
    return delta;
  }

 private:
  float* row(int64_t number) const { return memory<float>(statistics_) + number * in.channels; }

  Weights weights_;
  at::Tensor running_mean_, running_variance_;
  double momentum_, epsilon_;
  Activation activation_;
  at::Tensor before_, after_, statistics_;  // mean, variance, 1/deviation and two rows of scratch
};

}  // namespace

std::unique_ptr<Layer> flatten_layer(Shape in, int64_t chunk, at::ScalarType type) { return std::make_unique<Flatten>(in, chunk, type); }

std::unique_ptr<Layer> dropout_layer(Shape in, int64_t number, double probability, bool in_place, int64_t chunk, at::ScalarType type) {
  TORCH_CHECK(probability >= 0 && probability < 1, "dropout ", probability, " is not at least 0 and below 1");
  return std::make_unique<Dropout>(in, number, probability, in_place, chunk, type);
}

std::unique_ptr<Layer> norm_layer(Shape in, Weights weights, at::Tensor mean, at::Tensor variance, double momentum, double epsilon,
                                  Activation activation, int64_t chunk, at::ScalarType type) {
  weights.check("batch normalisation");
  TORCH_CHECK(in.positions() == 1 && weights.weight.numel() == in.channels && weights.bias.defined() && mean.numel() == in.channels &&
              variance.numel() == in.channels, "batch normalisation of ", weights.weight.numel(), " columns gets ", in.size());
  return std::make_unique<Norm>(in, std::move(weights), std::move(mean), std::move(variance), momentum, epsilon, activation, chunk, type);
}

}  // namespace sweep
