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
template <Activation F>
SWEEP_INLINE void forward(float* z, const float* bias, int64_t rows, int64_t columns, float* a) {
  for (int64_t i = 0; i < rows; i++) {
    float* z_row = z + i * columns;
    float* a_row = a + i * columns;
#pragma GCC ivdep
    for (int64_t j = 0; j < columns; j++) {
      const float sum = bias ? z_row[j] + bias[j] : z_row[j];
      if (F == Activation::Gelu) z_row[j] = sum;
      a_row[j] = value<F>(sum);
    }
  }
}

template <Activation F>
SWEEP_INLINE void backward(const float* z, const float* a, int64_t rows, int64_t columns, float* delta, float* bias_gradient) {
  for (int64_t i = 0; i < rows; i++) {
    const float* z_row = z + i * columns;
    const float* a_row = a + i * columns;
    float* d_row = delta + i * columns;
    if (bias_gradient) {
#pragma GCC ivdep
      for (int64_t j = 0; j < columns; j++) {
        const float d = F == Activation::Relu ? (a_row[j] > 0.0f ? d_row[j] : 0.0f) : d_row[j] * slope<F>(z_row[j], a_row[j]);
        d_row[j] = d;
        bias_gradient[j] += d;
      }
    } else {
#pragma GCC ivdep
      for (int64_t j = 0; j < columns; j++) d_row[j] *= slope<F>(z_row[j], a_row[j]);
    }
  }
}

#define SWEEP_ACTIVATION(NAME)                                                                                              \
  SWEEP_HOT void forward_##NAME(float* z, const float* bias, int64_t rows, int64_t columns, float* a) {                     \
    forward<Activation::NAME>(z, bias, rows, columns, a);                                                                   \
  }                                                                                                                         \
  SWEEP_HOT void backward_##NAME(const float* z, const float* a, int64_t rows, int64_t columns, float* d, float* b) {       \
    backward<Activation::NAME>(z, a, rows, columns, d, b);                                                                  \
  }

SWEEP_ACTIVATION(None)
SWEEP_ACTIVATION(Relu)
SWEEP_ACTIVATION(Tanh)
SWEEP_ACTIVATION(Sigmoid)
SWEEP_ACTIVATION(Gelu)

void forward_activation(Activation f, float* z, const float* bias, int64_t rows, int64_t columns, float* a) {
  switch (f) {
    case Activation::None: return forward_None(z, bias, rows, columns, a);
    case Activation::Relu: return forward_Relu(z, bias, rows, columns, a);
    case Activation::Tanh: return forward_Tanh(z, bias, rows, columns, a);
    case Activation::Sigmoid: return forward_Sigmoid(z, bias, rows, columns, a);
    case Activation::Gelu: return forward_Gelu(z, bias, rows, columns, a);
  }
}

void backward_activation(Activation f, const float* z, const float* a, int64_t rows, int64_t columns, float* delta, float* bias_gradient) {
  switch (f) {
    case Activation::None: return backward_None(z, a, rows, columns, delta, bias_gradient);
    case Activation::Relu: return backward_Relu(z, a, rows, columns, delta, bias_gradient);
    case Activation::Tanh: return backward_Tanh(z, a, rows, columns, delta, bias_gradient);
    case Activation::Sigmoid: return backward_Sigmoid(z, a, rows, columns, delta, bias_gradient);
    case Activation::Gelu: return backward_Gelu(z, a, rows, columns, delta, bias_gradient);
  }
}

}  // namespace sweep
