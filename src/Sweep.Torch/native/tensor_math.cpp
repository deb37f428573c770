#include "api.h"

using at::Tensor;
using sweep::guarded;
using sweep::own;

// The order of the two lists is that of BinaryOperation and UnaryOperation on the C# side.
namespace {

enum class Binary : int32_t { Add, Subtract, Multiply, Divide, MatrixMultiply, Equal, Less, Greater };

enum class Unary : int32_t { Negate, Relu, Tanh, Sigmoid, Gelu, Exp, Log, Sqrt, Abs, Square, Sum, Mean, Max, Min };

Tensor apply(Binary operation, const Tensor& a, const Tensor& b) {
  switch (operation) {
    case Binary::Add: return a + b;
    case Binary::Subtract: return a - b;
    case Binary::Multiply: return a * b;
    case Binary::Divide: return a / b;
    case Binary::MatrixMultiply: return at::matmul(a, b);
    case Binary::Equal: return at::eq(a, b);
    case Binary::Less: return at::lt(a, b);
    case Binary::Greater: return at::gt(a, b);
  }
  TORCH_CHECK(false, "unknown operation");
}

Tensor apply(Binary operation, const Tensor& a, const at::Scalar& b) {
  switch (operation) {
    case Binary::Add: return a + b;
    case Binary::Subtract: return a - b;
    case Binary::Multiply: return a * b;
    case Binary::Divide: return a / b;
    case Binary::MatrixMultiply: break;
    case Binary::Equal: return at::eq(a, b);
    case Binary::Less: return at::lt(a, b);
    case Binary::Greater: return at::gt(a, b);
  }
  TORCH_CHECK(false, "unknown operation");
}

Tensor apply(Unary operation, const Tensor& a) {
  switch (operation) {
    case Unary::Negate: return -a;
    case Unary::Relu: return at::relu(a);
    case Unary::Tanh: return at::tanh(a);
    case Unary::Sigmoid: return at::sigmoid(a);
    case Unary::Gelu: return at::gelu(a);
    case Unary::Exp: return at::exp(a);
    case Unary::Log: return at::log(a);
    case Unary::Sqrt: return at::sqrt(a);
    case Unary::Abs: return at::abs(a);
    case Unary::Square: return at::square(a);
    case Unary::Sum: return at::sum(a);
    case Unary::Mean: return at::mean(a);
    case Unary::Max: return at::max(a);
    case Unary::Min: return at::min(a);
  }
  TORCH_CHECK(false, "unknown operation");
}

}  // namespace

SWEEP_API int sweep_tensor_binary(int32_t operation, Tensor* a, Tensor* b, Tensor** result) {
  return guarded([&] { *result = own(apply(static_cast<Binary>(operation), *a, *b)); });
}

SWEEP_API int sweep_tensor_binary_scalar(int32_t operation, Tensor* a, double b, Tensor** result) {
  return guarded([&] { *result = own(apply(static_cast<Binary>(operation), *a, at::Scalar(b))); });
}

SWEEP_API int sweep_tensor_unary(int32_t operation, Tensor* a, Tensor** result) {
  return guarded([&] { *result = own(apply(static_cast<Unary>(operation), *a)); });
}

SWEEP_API int sweep_tensor_sum_dim(Tensor* a, int64_t dimension, bool keep, Tensor** result) {
  return guarded([&] { *result = own(a->sum(at::IntArrayRef{dimension}, keep)); });
}

SWEEP_API int sweep_tensor_mean_dim(Tensor* a, int64_t dimension, bool keep, Tensor** result) {
  return guarded([&] { *result = own(a->mean(at::IntArrayRef{dimension}, keep)); });
}

SWEEP_API int sweep_tensor_argmax(Tensor* a, int64_t dimension, Tensor** result) {
  return guarded([&] { *result = own(a->argmax(dimension)); });
}

SWEEP_API int sweep_tensor_softmax(Tensor* a, int64_t dimension, Tensor** result) {
  return guarded([&] { *result = own(a->softmax(dimension)); });
}

SWEEP_API int sweep_tensor_linear(Tensor* input, Tensor* weight, Tensor* bias, Tensor** result) {
  return guarded([&] { *result = own(at::linear(*input, *weight, bias ? c10::optional<Tensor>(*bias) : c10::nullopt)); });
}

SWEEP_API int sweep_tensor_cross_entropy(Tensor* input, Tensor* target, int64_t reduction, double smoothing, Tensor** result) {
  return guarded([&] { *result = own(at::cross_entropy_loss(*input, *target, {}, reduction, -100, smoothing)); });
}

SWEEP_API int sweep_tensor_mse_loss(Tensor* input, Tensor* target, int64_t reduction, Tensor** result) {
  return guarded([&] { *result = own(at::mse_loss(*input, *target, reduction)); });
}
