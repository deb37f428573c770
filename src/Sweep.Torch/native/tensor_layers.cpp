#include "api.h"

using at::Tensor;
using sweep::guarded;
using sweep::own;

namespace {

c10::optional<Tensor> optional(Tensor* tensor) { return tensor ? c10::optional<Tensor>(*tensor) : c10::nullopt; }

}  // namespace

SWEEP_API int sweep_tensor_conv2d(Tensor* input, Tensor* weight, Tensor* bias, int64_t stride, int64_t padding, Tensor** result) {
  return guarded([&] { *result = own(at::conv2d(*input, *weight, optional(bias), stride, padding)); });
}

SWEEP_API int sweep_tensor_max_pool2d(Tensor* input, int64_t window, Tensor** result) {
  return guarded([&] { *result = own(at::max_pool2d(*input, window)); });
}

// Updates mean and variance when training, uses them otherwise. A single value has no variance to learn from.
SWEEP_API int sweep_tensor_batch_norm(Tensor* input, Tensor* weight, Tensor* bias, Tensor* mean, Tensor* variance, bool training, double momentum,
                                      double epsilon, Tensor** result) {
  return guarded([&] {
    const bool single = training && input->numel() == input->size(1);
    *result = own(at::batch_norm(*input, optional(weight), optional(bias), single ? c10::nullopt : optional(mean), single ? c10::nullopt : optional(variance),
                                 training, momentum, epsilon, false));
  });
}

// One layer over [rows, length, features]; parameters are weight_ih, weight_hh, bias_ih, bias_hh. The outputs of all places.
SWEEP_API int sweep_tensor_recurrent(Tensor* input, Tensor** parameters, int64_t width, bool gated, Tensor** result) {
  return guarded([&] {
    const std::vector<Tensor> list{*parameters[0], *parameters[1], *parameters[2], *parameters[3]};
    const auto start = at::zeros({1, input->size(0), width}, input->options());
    *result = own(gated ? std::get<0>(at::gru(*input, start, list, true, 1, 0, false, false, true))
                        : std::get<0>(at::lstm(*input, {start, start}, list, true, 1, 0, false, false, true)));
  });
}
