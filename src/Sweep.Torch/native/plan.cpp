#include "plan.h"

#include "api.h"
#include "gemm.h"

#include <algorithm>
#include <cstring>

namespace sweep {

Plan::Plan(Source source, std::vector<Layer> layers, int64_t chunk) : source_(std::move(source)), layers_(std::move(layers)), chunk_(chunk) {
  TORCH_CHECK(!layers_.empty(), "a plan has at least one layer");
  TORCH_CHECK(chunk_ > 0, "a plan needs room for at least one row");
  input_ = at::empty({chunk_, source_.features()}, at::kFloat);
  int64_t width = source_.features();
  for (size_t i = 0; i < layers_.size(); i++) {
    auto& layer = layers_[i];
    TORCH_CHECK(layer.weight.scalar_type() == at::kFloat && layer.weight.dim() == 2 && layer.weight.is_contiguous(), "weight ", i, " must be float32 [out, in]");
    layer.outputs = layer.weight.size(0);
    layer.inputs = layer.weight.size(1);
    TORCH_CHECK(layer.inputs == width, "layer ", i, " takes ", layer.inputs, " inputs but gets ", width);
    TORCH_CHECK(!layer.bias.defined() || layer.bias.numel() == layer.outputs, "layer ", i, " has ", layer.outputs, " outputs but a bias of ", layer.bias.numel());
    TORCH_CHECK(layer.weight.grad().defined() && (!layer.bias.defined() || layer.bias.grad().defined()), "layer ", i, " has no gradient buffers");
    layer.before = at::empty({chunk_, layer.outputs}, at::kFloat);
    layer.after = layer.activation == Activation::Gelu ? at::empty({chunk_, layer.outputs}, at::kFloat) : layer.before;
    layer.delta = at::empty({chunk_, layer.outputs}, at::kFloat);
    width = layer.outputs;
  }
  TORCH_CHECK(width == source_.classes, "the last layer has ", width, " outputs but there are ", source_.classes, " classes");
  TORCH_CHECK(layers_.back().activation == Activation::None, "the last layer gives logits and has no activation");
}

void Plan::forward(const int32_t* index, int64_t rows) {
  source_.gather(index, rows, input_.data_ptr<float>());
  const float* x = input_.data_ptr<float>();
  for (auto& layer : layers_) {
    float* z = layer.before.data_ptr<float>();
    gemm(false, true, rows, layer.outputs, layer.inputs, x, layer.inputs, layer.weight.data_ptr<float>(), layer.inputs, 0, z, layer.outputs);
    forward_activation(layer.activation, z, layer.bias.defined() ? layer.bias.data_ptr<float>() : nullptr, rows, layer.outputs,
                       layer.after.data_ptr<float>());
    x = layer.after.data_ptr<float>();
  }
}

// The gradient at the logits is in the last layer's own buffer, where the loss has left it.
void Plan::backward(int64_t rows, bool first) {
  const float beta = first ? 0.0f : 1.0f;
  for (size_t i = layers_.size(); i-- > 0;) {
    auto& layer = layers_[i];
    const bool last = i + 1 == layers_.size();
    float* delta = last ? layer.before.data_ptr<float>() : layer.delta.data_ptr<float>();
    float* bias = nullptr;
    if (layer.bias.defined()) {
      bias = layer.bias.grad().data_ptr<float>();
      if (first) std::memset(bias, 0, sizeof(float) * layer.outputs);
    }
    if (!last || bias)
      backward_activation(layer.activation, layer.before.data_ptr<float>(), layer.after.data_ptr<float>(), rows, layer.outputs, delta, bias);
    const float* x = i == 0 ? input_.data_ptr<float>() : layers_[i - 1].after.data_ptr<float>();
    gemm(true, false, layer.outputs, layer.inputs, rows, delta, layer.outputs, x, layer.inputs, beta, layer.weight.grad().data_ptr<float>(), layer.inputs);
    if (i > 0)
      gemm(false, false, rows, layer.inputs, layer.outputs, delta, layer.outputs, layer.weight.data_ptr<float>(), layer.inputs, 0,
           layers_[i - 1].delta.data_ptr<float>(), layer.inputs);
  }
}

void Plan::gradient(const int32_t* index, int64_t count, LossSum& sum) {
  TORCH_CHECK(count > 0, "a step needs at least one row");
  source_.check(index, count);
  const float scale = static_cast<float>(1.0 / static_cast<double>(count));
  for (int64_t start = 0; start < count; start += chunk_) {
    const int64_t rows = std::min(chunk_, count - start);
    forward(index + start, rows);
    cross_entropy(layers_.back().before.data_ptr<float>(), source_.labels.data_ptr<int32_t>(), index + start, rows, source_.classes, scale, sum);
    backward(rows, start == 0);
  }
}

void Plan::evaluate(const int32_t* index, int64_t count, LossSum& sum) {
  source_.check(index, count);
  for (int64_t start = 0; start < count; start += chunk_) {
    const int64_t rows = std::min(chunk_, count - start);
    forward(index + start, rows);
    cross_entropy(layers_.back().before.data_ptr<float>(), source_.labels.data_ptr<int32_t>(), index + start, rows, source_.classes, 0, sum);
  }
}

}  // namespace sweep

using sweep::Plan;

// biases[i] may be null.
SWEEP_API int sweep_plan_create(sweep::Source* source, at::Tensor** weights, at::Tensor** biases, const int32_t* activations, int32_t layers,
                                int64_t chunk, Plan** result) {
  return sweep::guarded([&] {
    std::vector<Plan::Layer> list;
    for (int32_t i = 0; i < layers; i++) {
      Plan::Layer layer;
      layer.weight = *weights[i];
      if (biases[i]) layer.bias = *biases[i];
      layer.activation = static_cast<sweep::Activation>(activations[i]);
      list.push_back(std::move(layer));
    }
    *result = new Plan(*source, std::move(list), chunk);
  });
}

SWEEP_API void sweep_plan_free(Plan* plan) { delete plan; }

SWEEP_API int sweep_plan_gradient(Plan* plan, const int32_t* index, int64_t count, double* loss, int64_t* correct) {
  return sweep::guarded([&] {
    sweep::LossSum sum;
    plan->gradient(index, count, sum);
    *loss = sum.loss;
    *correct = sum.correct;
  });
}

SWEEP_API int sweep_plan_evaluate(Plan* plan, const int32_t* index, int64_t count, double* loss, int64_t* correct) {
  return sweep::guarded([&] {
    sweep::LossSum sum;
    plan->evaluate(index, count, sum);
    *loss = sum.loss;
    *correct = sum.correct;
  });
}
