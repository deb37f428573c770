#include "api.h"

#include <cstring>

using at::Tensor;
using sweep::guarded;
using sweep::own;

namespace {

at::TensorOptions options_of(int32_t dtype) { return at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)); }

at::IntArrayRef shape_of(const int64_t* sizes, int32_t rank) { return {sizes, static_cast<size_t>(rank)}; }

}  // namespace

SWEEP_API int sweep_tensor_full(const int64_t* sizes, int32_t rank, double value, int32_t dtype, Tensor** result) {
  return guarded([&] { *result = own(at::full(shape_of(sizes, rank), value, options_of(dtype))); });
}

SWEEP_API int sweep_tensor_arange(double start, double stop, double step, int32_t dtype, Tensor** result) {
  return guarded([&] { *result = own(at::arange(start, stop, step, options_of(dtype))); });
}

SWEEP_API int sweep_tensor_rand(const int64_t* sizes, int32_t rank, int32_t dtype, at::Generator* generator, Tensor** result) {
  return guarded([&] { *result = own(at::rand(shape_of(sizes, rank), *generator, options_of(dtype))); });
}

SWEEP_API int sweep_tensor_randn(const int64_t* sizes, int32_t rank, int32_t dtype, at::Generator* generator, Tensor** result) {
  return guarded([&] { *result = own(at::randn(shape_of(sizes, rank), *generator, options_of(dtype))); });
}

SWEEP_API int sweep_tensor_randperm(int64_t count, at::Generator* generator, Tensor** result) {
  return guarded([&] { *result = own(at::randperm(count, *generator, options_of(static_cast<int32_t>(at::kLong)))); });
}

// Copies the caller's elements.
SWEEP_API int sweep_tensor_from_array(const void* data, const int64_t* sizes, int32_t rank, int32_t dtype, Tensor** result) {
  return guarded([&] {
    auto tensor = at::empty(shape_of(sizes, rank), options_of(dtype));
    if (tensor.nbytes() > 0) std::memcpy(tensor.data_ptr(), data, tensor.nbytes());
    *result = own(std::move(tensor));
  });
}

// Looks at the caller's elements, which must stay where they are until release(context) is called: that is when the last
// tensor that sees them is gone.
SWEEP_API int sweep_tensor_from_memory(void* data, const int64_t* sizes, int32_t rank, int32_t dtype, void (*release)(void*), void* context,
                                       Tensor** result) {
  return guarded([&] {
    *result = own(at::from_blob(data, shape_of(sizes, rank), [release, context](void*) { release(context); }, options_of(dtype)));
  });
}

SWEEP_API void sweep_tensor_free(Tensor* tensor) { delete tensor; }
