#include "kernels.h"
#include "vector_math.h"

namespace sweep {

template <Activation F>
SWEEP_INLINE float value(float z) {
  if (F == Activation::Relu) return z < 0.0f ? 0.0f : z;
  if (F == Activation::Tanh) return tanh_vector(z);
  if (F == Activation::Sigmoid) return sigmoid_vector(z);
  if (F == Activation::Gelu) return 0.5f * z * (1.0f + erf_vector(z * 0.70710678f));
  return z;
}

// The derivative, from the value where that is enough.
template <Activation F>
SWEEP_INLINE float slope(float z, float a) {
  if (F == Activation::Relu) return a > 0.0f ? 1.0f : 0.0f;
  if (F == Activation::Tanh) return 1.0f - a * a;
  if (F == Activation::Sigmoid) return a * (1.0f - a);
  if (F == Activation::Gelu) return 0.5f * (1.0f + erf_vector(z * 0.70710678f)) + z * 0.39894228f * exp_vector(-0.5f * z * z);
  return 1.0f;
}

// z and a may be the same memory, element by element, which is what ivdep grants.
template <Activation F, class T>
SWEEP_INLINE void forward(T* z, const float* bias, int64_t rows, int64_t columns, T* a) {
  for (int64_t i = 0; i < rows; i++) {
    T* z_row = z + i * columns;
    T* a_row = a + i * columns;
#pragma GCC ivdep
    for (int64_t j = 0; j < columns; j++) {
      const float sum = bias ? load(z_row[j]) + bias[j] : load(z_row[j]);
      if (F == Activation::Gelu) store(z_row[j], sum);
      store(a_row[j], value<F>(sum));
    }
  }
}

template <Activation F, class T>
SWEEP_INLINE void backward(const T* z, const T* a, int64_t rows, int64_t columns, T* delta, float* bias_gradient) {
  for (int64_t i = 0; i < rows; i++) {
    const T* z_row = z + i * columns;
    const T* a_row = a + i * columns;
    T* d_row = delta + i * columns;
    if (bias_gradient) {
#pragma GCC ivdep
      for (int64_t j = 0; j < columns; j++) {
        const float above = load(d_row[j]);
        const float d = F == Activation::Relu ? (load(a_row[j]) > 0.0f ? above : 0.0f) : above * slope<F>(load(z_row[j]), load(a_row[j]));
        store(d_row[j], d);
        bias_gradient[j] += d;
      }
    } else {
#pragma GCC ivdep
      for (int64_t j = 0; j < columns; j++) store(d_row[j], load(d_row[j]) * slope<F>(load(z_row[j]), load(a_row[j])));
    }
  }
}

#define SWEEP_ACTIVATION(NAME, T)                                                                                             \
  SWEEP_HOT void forward_##NAME##_##T(T* z, const float* bias, int64_t rows, int64_t columns, T* a) {                         \
    forward<Activation::NAME>(z, bias, rows, columns, a);                                                                     \
  }                                                                                                                           \
  SWEEP_HOT void backward_##NAME##_##T(const T* z, const T* a, int64_t rows, int64_t columns, T* d, float* b) {               \
    backward<Activation::NAME>(z, a, rows, columns, d, b);                                                                    \
  }

#define SWEEP_ACTIVATIONS(T)                                                                                                  \
  SWEEP_ACTIVATION(None, T)                                                                                                   \
  SWEEP_ACTIVATION(Relu, T)                                                                                                   \
  SWEEP_ACTIVATION(Tanh, T)                                                                                                   \
  SWEEP_ACTIVATION(Sigmoid, T)                                                                                                \
  SWEEP_ACTIVATION(Gelu, T)                                                                                                   \
  void forward_activation(Activation f, T* z, const float* bias, int64_t rows, int64_t columns, T* a) {                       \
    switch (f) {                                                                                                              \
      case Activation::None: return forward_None_##T(z, bias, rows, columns, a);                                              \
      case Activation::Relu: return forward_Relu_##T(z, bias, rows, columns, a);                                              \
      case Activation::Tanh: return forward_Tanh_##T(z, bias, rows, columns, a);                                              \
      case Activation::Sigmoid: return forward_Sigmoid_##T(z, bias, rows, columns, a);                                        \
      case Activation::Gelu: return forward_Gelu_##T(z, bias, rows, columns, a);                                              \
    }                                                                                                                         \
  }                                                                                                                           \
  void backward_activation(Activation f, const T* z, const T* a, int64_t rows, int64_t columns, T* delta, float* bias) {      \
    switch (f) {                                                                                                              \
      case Activation::None: return backward_None_##T(z, a, rows, columns, delta, bias);                                      \
      case Activation::Relu: return backward_Relu_##T(z, a, rows, columns, delta, bias);                                      \
      case Activation::Tanh: return backward_Tanh_##T(z, a, rows, columns, delta, bias);                                      \
      case Activation::Sigmoid: return backward_Sigmoid_##T(z, a, rows, columns, delta, bias);                                \
      case Activation::Gelu: return backward_Gelu_##T(z, a, rows, columns, delta, bias);                                      \
    }                                                                                                                         \
  }

SWEEP_ACTIVATIONS(float)
SWEEP_ACTIVATIONS(bfloat)

}  // namespace sweep
