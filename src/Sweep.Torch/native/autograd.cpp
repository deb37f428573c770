#include "api.h"

#include <ATen/core/grad_mode.h>

using at::Tensor;
using sweep::guarded;
using sweep::own;

SWEEP_API int sweep_tensor_requires_grad(Tensor* tensor, bool* value) {
  return guarded([&] { *value = tensor->requires_grad(); });
}

SWEEP_API int sweep_tensor_set_requires_grad(Tensor* tensor, bool value) {
  return guarded([&] { tensor->requires_grad_(value); });
}

// Leaves result null when the tensor has no gradient yet.
SWEEP_API int sweep_tensor_grad(Tensor* tensor, Tensor** result) {
  return guarded([&] { *result = tensor->grad().defined() ? own(tensor->grad()) : nullptr; });
}

SWEEP_API int sweep_tensor_backward(Tensor* tensor) {
  return guarded([&] { tensor->backward(); });
}

SWEEP_API int sweep_tensor_detach(Tensor* tensor, Tensor** result) {
  return guarded([&] { *result = own(tensor->detach()); });
}

// Gradient recording of this thread; returns what it was.
SWEEP_API int sweep_set_grad_enabled(bool enabled, bool* previous) {
  return guarded([&] {
    *previous = c10::GradMode::is_enabled();
    c10::GradMode::set_enabled(enabled);
  });
}

SWEEP_API int sweep_tensor_copy_(Tensor* tensor, Tensor* source) {
  return guarded([&] { tensor->copy_(*source); });
}

SWEEP_API int sweep_tensor_fill_(Tensor* tensor, double value) {
  return guarded([&] { tensor->fill_(value); });
}

SWEEP_API int sweep_tensor_uniform_(Tensor* tensor, double low, double high, at::Generator* generator) {
  return guarded([&] { tensor->uniform_(low, high, *generator); });
}

SWEEP_API int sweep_tensor_normal_(Tensor* tensor, double mean, double deviation, at::Generator* generator) {
  return guarded([&] { tensor->normal_(mean, deviation, *generator); });
}

SWEEP_API int sweep_tensor_add_(Tensor* tensor, Tensor* other, double alpha) {
  return guarded([&] { tensor->add_(*other, alpha); });
}

// Moves parameters of one type into one block and gives each a gradient in a second block, each starting on a cache line
// (64 bytes), so that one pass over memory reaches them all. Values are kept, gradients start at 0.
SWEEP_API int sweep_flatten_parameters(Tensor** parameters, int32_t count, int64_t* offsets, Tensor** values, Tensor** gradients) {
  return guarded([&] {
    TORCH_CHECK(count > 0, "there are no parameters to flatten");
    c10::NoGradGuard no_grad;
    const auto options = parameters[0]->options().requires_grad(false);
    const int64_t line = 64 / static_cast<int64_t>(parameters[0]->element_size());
    int64_t total = 0;
    for (int32_t i = 0; i < count; i++) {
      TORCH_CHECK(parameters[i]->scalar_type() == parameters[0]->scalar_type(), "parameter ", i, " is of another type than the first");
      offsets[i] = total;
      total += (parameters[i]->numel() + line - 1) / line * line;
    }
    auto flat = at::zeros({total}, options);
    auto flat_gradients = at::zeros({total}, options);
    for (int32_t i = 0; i < count; i++) {
      auto& parameter = *parameters[i];
      auto view = flat.narrow(0, offsets[i], parameter.numel()).view(parameter.sizes());
      view.copy_(parameter.detach());
      parameter.set_data(view);
      parameter.mutable_grad() = flat_gradients.narrow(0, offsets[i], parameter.numel()).view(parameter.sizes());
    }
    *values = own(std::move(flat));
    *gradients = own(std::move(flat_gradients));
  });
}
