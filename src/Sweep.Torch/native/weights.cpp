#include "api.h"
#include "kernels.h"

using at::Tensor;

static void check_floats(const Tensor& tensor) {
  TORCH_CHECK(tensor.is_contiguous() && tensor.scalar_type() == at::kFloat, "a contiguous float32 tensor is needed");
}

// average = decay * average + (1 - decay) * values
SWEEP_API int sweep_average_into(Tensor* average, Tensor* values, double decay) {
  return sweep::guarded([&] {
    check_floats(*average);
    check_floats(*values);
    TORCH_CHECK(average->numel() == values->numel(), "an average of ", average->numel(), " values, and ", values->numel(), " values");
    sweep::average_into(average->data_ptr<float>(), values->data_ptr<float>(), average->numel(), static_cast<float>(decay));
  });
}

// Scales the incoming weights of each unit (a row, whatever its further dimensions) to a norm of at most limit.
SWEEP_API int sweep_clip_rows(Tensor* weight, double limit) {
  return sweep::guarded([&] {
    check_floats(*weight);
    TORCH_CHECK(weight->dim() > 1, "a weight has rows");
    sweep::clip_rows(weight->data_ptr<float>(), weight->size(0), weight->numel() / weight->size(0), limit);
  });
}

// What a dropout layer of that number multiplies the batch's rows with, from row first on: float32, of the tensor's shape.
SWEEP_API int sweep_dropout_mask(Tensor* like, uint64_t seed, int64_t step, int64_t layer, int64_t first, double probability, Tensor** result) {
  return sweep::guarded([&] {
    auto mask = at::ones(like->sizes(), at::kFloat);
    const int64_t rows = mask.size(0), size = mask.numel() / rows;
    auto* data = mask.data_ptr<float>();
    sweep::dropout(sweep::dropout_key(seed, step, layer, first, probability), data, rows, 1, size, data);
    *result = sweep::own(mask.to(like->device()));
  });
}
