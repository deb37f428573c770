#include "api.h"

#include <cstring>

using at::Tensor;
using sweep::guarded;
using sweep::own;

SWEEP_API int sweep_tensor_rank(Tensor* tensor, int32_t* rank) {
  return guarded([&] { *rank = static_cast<int32_t>(tensor->dim()); });
}

SWEEP_API int sweep_tensor_shape(Tensor* tensor, int64_t* sizes) {
  return guarded([&] { std::memcpy(sizes, tensor->sizes().data(), sizeof(int64_t) * tensor->dim()); });
}

SWEEP_API int sweep_tensor_dtype(Tensor* tensor, int32_t* dtype) {
  return guarded([&] { *dtype = static_cast<int32_t>(tensor->scalar_type()); });
}

SWEEP_API int sweep_tensor_data_ptr(Tensor* tensor, void** data) {
  return guarded([&] {
    TORCH_CHECK(tensor->is_contiguous(), "the elements of a tensor that is not contiguous have no single address");
    *data = tensor->data_ptr();
  });
}

SWEEP_API int sweep_tensor_item(Tensor* tensor, double* value) {
  return guarded([&] { *value = tensor->item().toDouble(); });
}

// Copies the elements in row-major order; bytes must be exactly the size of them all.
SWEEP_API int sweep_tensor_copy_to(Tensor* tensor, void* data, int64_t bytes) {
  return guarded([&] {
    auto source = tensor->detach().to(at::kCPU).contiguous();
    TORCH_CHECK(static_cast<int64_t>(source.nbytes()) == bytes, "the tensor has ", source.nbytes(), " bytes, the array ", bytes);
    if (bytes > 0) std::memcpy(data, source.data_ptr(), bytes);
  });
}

SWEEP_API int sweep_tensor_to(Tensor* tensor, int32_t dtype, Tensor** result) {
  return guarded([&] { *result = own(tensor->to(static_cast<at::ScalarType>(dtype))); });
}

SWEEP_API int sweep_tensor_reshape(Tensor* tensor, const int64_t* sizes, int32_t rank, Tensor** result) {
  return guarded([&] { *result = own(tensor->reshape({sizes, static_cast<size_t>(rank)})); });
}

SWEEP_API int sweep_tensor_view(Tensor* tensor, const int64_t* sizes, int32_t rank, Tensor** result) {
  return guarded([&] { *result = own(tensor->view({sizes, static_cast<size_t>(rank)})); });
}

SWEEP_API int sweep_tensor_select(Tensor* tensor, int64_t dimension, int64_t index, Tensor** result) {
  return guarded([&] { *result = own(tensor->select(dimension, index)); });
}

SWEEP_API int sweep_tensor_slice(Tensor* tensor, int64_t dimension, int64_t start, int64_t stop, int64_t step, Tensor** result) {
  return guarded([&] { *result = own(tensor->slice(dimension, start, stop, step)); });
}

SWEEP_API int sweep_tensor_index_select(Tensor* tensor, int64_t dimension, Tensor* index, Tensor** result) {
  return guarded([&] { *result = own(tensor->index_select(dimension, *index)); });
}

SWEEP_API int sweep_tensor_transpose(Tensor* tensor, int64_t first, int64_t second, Tensor** result) {
  return guarded([&] { *result = own(tensor->transpose(first, second)); });
}

SWEEP_API int sweep_tensor_contiguous(Tensor* tensor, Tensor** result) {
  return guarded([&] { *result = own(tensor->contiguous()); });
}

SWEEP_API int sweep_tensor_clone(Tensor* tensor, Tensor** result) {
  return guarded([&] { *result = own(tensor->clone()); });
}

SWEEP_API int sweep_tensor_cat(Tensor** tensors, int32_t count, int64_t dimension, Tensor** result) {
  return guarded([&] {
    std::vector<Tensor> parts;
    for (int32_t i = 0; i < count; i++) parts.push_back(*tensors[i]);
    *result = own(at::cat(parts, dimension));
  });
}
