#include "plan.h"

#include "api.h"

#include <ATen/core/LegacyTypeDispatch.h>

#include <algorithm>
#include <chrono>

namespace sweep {
namespace {

// Images a convolution takes at a time: what they become stays in the second and third cache.
constexpr int64_t TileRows = 16;

class Clock {
 public:
  explicit Clock(double& total) : total_(total), start_(std::chrono::steady_clock::now()) {}
  ~Clock() { total_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  double& total_;
  std::chrono::steady_clock::time_point start_;
};

bool keeps_sign(const LayerSpec& spec) {
  return spec.activation == Activation::Relu && spec.kind != LayerKind::Norm;
}

std::unique_ptr<Layer> make(const LayerSpec* spec, int32_t number, Shape in, int64_t chunk, at::ScalarType type) {
  const auto& s = spec[number];
  const Weights weights{s.weight ? *s.weight : at::Tensor(), s.bias ? *s.bias : at::Tensor()};
  switch (s.kind) {
    case LayerKind::Dense: return dense_layer(in, weights, s.activation, chunk, type);
    case LayerKind::Convolution: return convolution_layer(in, weights, s.activation, s.size, type);
    case LayerKind::Pool: return pool_layer(in, s.activation, s.size, type);
    case LayerKind::Flatten: return flatten_layer(in, chunk, type);
    case LayerKind::Dropout: {
      // What was copied by Flatten, and relu's outputs, may be overwritten.
      const bool in_place = number > 0 && (spec[number - 1].kind == LayerKind::Flatten || keeps_sign(spec[number - 1]));
      return dropout_layer(in, s.size, s.value, in_place, chunk, type);
    }
    case LayerKind::Norm: return norm_layer(in, weights, *s.mean, *s.variance, s.value, s.epsilon, s.activation, chunk, type);
  }
  TORCH_CHECK(false, "unknown layer");
}

}  // namespace

Plan::Plan(Source source, const LayerSpec* layers, int32_t count, const PlanOptions& options)
    : source_(std::move(source)), options_(options), type_(options.bfloat16 ? at::kBFloat16 : at::kFloat) {
  TORCH_CHECK(count > 0, "a plan has at least one layer");
  TORCH_CHECK(options.chunk > 0, "a plan needs room for at least one row");
  Shape shape{options.height, options.width, options.channels};
  TORCH_CHECK(shape.size() == source_.features(), "a row has ", source_.features(), " features, which are no ", shape.height, " by ", shape.width, " by ", shape.channels);
  input_ = at::empty({options.chunk, source_.features()}, type_);
  for (int32_t i = 0; i < count; i++) {
    layers_.push_back(make(layers, i, shape, options.chunk, type_));
    shape = layers_.back()->out;
    if (layers[i].kind == LayerKind::Flatten) images_ = static_cast<size_t>(i) + 1;
  }
  TORCH_CHECK(shape.positions() == 1 && shape.channels == source_.classes, "the last layer has ", shape.size(), " outputs but there are ", source_.classes, " classes");
  TORCH_CHECK(layers[count - 1].kind == LayerKind::Dense && layers[count - 1].activation == Activation::None, "the last layer gives logits and has no activation");
  inputs_.resize(layers_.size());
  if (type_ != at::kFloat) logits_ = at::empty({options.chunk, source_.classes}, at::kFloat);
}

std::vector<Tile> Plan::tiles(int64_t rows) const {
  std::vector<Tile> list;
  for (int64_t begin = 0; begin < rows; begin += TileRows) list.push_back({begin, std::min(TileRows, rows - begin), list.size()});
  return list;
}

void Plan::forward(const int32_t* index, int64_t rows, const Pass& pass, const Augmentation* how) {
  {
    Clock clock(times.data);
    if (type_ == at::kFloat) source_.gather(index, rows, static_cast<float*>(input_.data_ptr()), how);
    else source_.gather(index, rows, static_cast<bfloat*>(input_.data_ptr()), how);
  }
  Clock clock(times.forward);
  for (auto& layer : layers_) layer->begin(pass);
  const auto run = [&](size_t from, size_t to, at::Tensor x, const Tile& tile) {
    for (size_t i = from; i < to; i++) {
      auto& kept = inputs_[i];
      if (kept.size() <= tile.number) kept.resize(tile.number + 1);
      kept[tile.number] = x;
      x = layers_[i]->forward(x, tile, pass);
    }
    return x;
  };
  auto x = input_;
  if (images_ > 0) {
    const int64_t channels = options_.channels, positions = options_.height * options_.width;
    for (const auto& tile : tiles(rows)) {
      auto image = input_.narrow(0, tile.begin, tile.rows);
      // A data set holds its images channel by channel.
      if (channels > 1) image = image.view({tile.rows, channels, positions}).transpose(1, 2).contiguous();
      x = run(0, images_, std::move(image), tile);
    }
  }
  output_ = run(images_, layers_.size(), std::move(x), Tile{0, rows, 0});
}

void Plan::measure(const int32_t* index, int64_t rows, float scale, bool top5, LossSum& sum) {
  const LossOptions options{options_.loss, scale == 0 ? 0.0f : static_cast<float>(options_.smoothing), scale, top5};
  const auto measured = [&](float* outputs) {
    if (source_.has_targets()) distance_loss(outputs, source_.targets.data_ptr<float>(), index, rows, scale, sum);
    else loss(outputs, source_.labels.data_ptr<int32_t>(), index, rows, source_.classes, options, sum);
  };
  if (type_ == at::kFloat) return measured(output_.data_ptr<float>());
  const auto narrow = output_.narrow(0, 0, rows), wide = logits_.narrow(0, 0, rows);
  wide.copy_(narrow);
  measured(logits_.data_ptr<float>());
  if (scale != 0) narrow.copy_(wide);
}

// The gradient at the logits is where the logits were.
void Plan::backward(int64_t rows, const Pass& pass) {
  Clock clock(times.backward);
  const auto run = [&](size_t from, size_t to, at::Tensor delta, const Tile& tile) {
    for (size_t i = to; i-- > from;) delta = layers_[i]->backward(inputs_[i][tile.number], delta, tile, pass, i > 0);
    return delta;
  };
  const auto delta = run(images_, layers_.size(), output_, Tile{0, rows, 0});
  if (images_ > 0)
    for (const auto& tile : tiles(rows)) run(0, images_, delta, tile);
}

void Plan::gradient(const int32_t* index, int64_t count, int64_t step, const Augmentation* how, LossSum& sum) {
  TORCH_CHECK(count > 0, "a step needs at least one row");
  source_.check(index, count);
  if (how != nullptr) source_.check(*how);
  at::AutoDispatchBelowADInplaceOrView quiet;
  const float scale = static_cast<float>(1.0 / static_cast<double>(count));
  for (int64_t start = 0; start < count; start += options_.chunk) {
    const int64_t rows = std::min(options_.chunk, count - start);
    const Pass pass{true, start == 0, options_.seed, step, start};
    forward(index + start, rows, pass, how);
    measure(index + start, rows, scale, false, sum);
    backward(rows, pass);
  }
}

void Plan::evaluate(const int32_t* index, int64_t count, LossSum& sum) {
  source_.check(index, count);
  at::AutoDispatchBelowADInplaceOrView quiet;
  for (int64_t start = 0; start < count; start += options_.chunk) {
    const int64_t rows = std::min(options_.chunk, count - start);
    forward(index + start, rows, Pass{false, false, 0, 0, start});
    measure(index + start, rows, 0, true, sum);
  }
}

// As torch.optim.swa_utils.update_bn: batch k counts for 1/k. The masks are those of no step of a training.
void Plan::take_statistics(const int32_t* index, int64_t count, int64_t batch, const Augmentation* how) {
  TORCH_CHECK(batch > 0 && batch <= options_.chunk, "statistics of batches of ", batch, " rows: there is room for ", options_.chunk);
  source_.check(index, count);
  if (how != nullptr) source_.check(*how);
  at::AutoDispatchBelowADInplaceOrView quiet;
  for (int64_t start = 0, number = 1; start < count; start += batch, number++)
    forward(index + start, std::min(batch, count - start), Pass{true, false, options_.seed, -1, start, 1.0 / static_cast<double>(number)}, how);
}

}  // namespace sweep

using sweep::Plan;

SWEEP_API int sweep_plan_create(sweep::Source* source, const sweep::LayerSpec* layers, int32_t count, const sweep::PlanOptions* options, Plan** result) {
  return sweep::guarded([&] { *result = new Plan(*source, layers, count, *options); });
}

SWEEP_API void sweep_plan_free(Plan* plan) { delete plan; }

SWEEP_API int sweep_plan_gradient(Plan* plan, const int32_t* index, int64_t count, int64_t step, const sweep::Augmentation* how, sweep::LossSum* sum) {
  return sweep::guarded([&] {
    *sum = {};
    plan->gradient(index, count, step, how, *sum);
  });
}

SWEEP_API int sweep_plan_evaluate(Plan* plan, const int32_t* index, int64_t count, sweep::LossSum* sum) {
  return sweep::guarded([&] {
    *sum = {};
    plan->evaluate(index, count, *sum);
  });
}

SWEEP_API int sweep_plan_statistics(Plan* plan, const int32_t* index, int64_t count, int64_t batch, const sweep::Augmentation* how) {
  return sweep::guarded([&] { plan->take_statistics(index, count, batch, how); });
}

SWEEP_API int sweep_plan_times(Plan* plan, sweep::PlanTimes* times) {
  return sweep::guarded([&] { *times = plan->times; });
}
