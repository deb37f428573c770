#include "api.h"

#include <cmath>

using at::Tensor;
using sweep::guarded;
using sweep::own;

namespace {

// qkv is [rows, length, 3 * width]: queries, keys, values, each of all heads side by side. One of them, [rows, heads, length, width / heads].
Tensor part(const Tensor& qkv, int64_t heads, int64_t number) {
  const int64_t width = qkv.size(2) / 3;
  return qkv.slice(2, number * width, (number + 1) * width).reshape({qkv.size(0), qkv.size(1), heads, width / heads}).transpose(1, 2);
}

}  // namespace

// softmax(q kᵀ / √(width / heads)): [rows, heads, length, length].
SWEEP_API int sweep_tensor_attention_weights(Tensor* qkv, int64_t heads, Tensor** result) {
  return guarded([&] {
    TORCH_CHECK(qkv->dim() == 3 && qkv->size(2) % (3 * heads) == 0, "queries, keys and values of ", heads, " heads cannot be ", qkv->sizes());
    const auto q = part(*qkv, heads, 0), k = part(*qkv, heads, 1);
    const double scale = 1.0 / std::sqrt(static_cast<double>(q.size(3)));
    *result = own(at::softmax(at::matmul(q * scale, k.transpose(2, 3)), -1));
  });
}

// The values, weighted: [rows, length, width].
SWEEP_API int sweep_tensor_attend(Tensor* weights, Tensor* qkv, Tensor** result) {
  return guarded([&] {
    const auto mixed = at::matmul(*weights, part(*qkv, weights->size(1), 2));
    *result = own(mixed.transpose(1, 2).reshape({qkv->size(0), qkv->size(1), qkv->size(2) / 3}));
  });
}

// Over the last dimension.
SWEEP_API int sweep_tensor_layer_norm(Tensor* input, Tensor* weight, Tensor* bias, double epsilon, Tensor** result) {
  return guarded([&] { *result = own(at::layer_norm(*input, weight->sizes(), *weight, *bias, epsilon)); });
}
