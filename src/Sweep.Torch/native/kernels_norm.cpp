#include "kernels.h"

#include <cmath>

namespace sweep {

// Two passes, so that a column far from 0 keeps its digits. The variance is the batch's own (divided by rows).
template <class T>
SWEEP_INLINE void moments(const T* x, int64_t rows, int64_t columns, float* __restrict mean, float* __restrict variance) {
  const float share = 1.0f / static_cast<float>(rows);
  for (int64_t j = 0; j < columns; j++) mean[j] = variance[j] = 0.0f;
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = 0; j < columns; j++) mean[j] += load(x[i * columns + j]);
  for (int64_t j = 0; j < columns; j++) mean[j] *= share;
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = 0; j < columns; j++) {
      const float distance = load(x[i * columns + j]) - mean[j];
      variance[j] += distance * distance;
    }
  for (int64_t j = 0; j < columns; j++) variance[j] *= share;
}

template <class T>
SWEEP_INLINE void scale(const T* x, int64_t rows, int64_t columns, const float* mean, const float* inverse, const float* gamma, const float* beta,
                        T* __restrict out) {
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = 0; j < columns; j++)
      store(out[i * columns + j], (load(x[i * columns + j]) - mean[j]) * inverse[j] * gamma[j] + beta[j]);
}

// Ioffe & Szegedy 2015, section 3: with y the normalised x, dx = gamma * inverse * (d - mean(d) - y * mean(d * y)).
template <class T>
SWEEP_INLINE void scale_backward(const T* x, int64_t rows, int64_t columns, const float* mean, const float* inverse, const float* gamma,
                                 T* __restrict delta, float* __restrict gamma_gradient, float* __restrict beta_gradient, float* __restrict scratch) {
  float* __restrict sum = scratch;
  float* __restrict product = scratch + columns;
  for (int64_t j = 0; j < columns; j++) sum[j] = product[j] = 0.0f;
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = 0; j < columns; j++) {
      const float d = load(delta[i * columns + j]);
      sum[j] += d;
      product[j] += d * (load(x[i * columns + j]) - mean[j]) * inverse[j];
    }
  for (int64_t j = 0; j < columns; j++) {
    beta_gradient[j] += sum[j];
    gamma_gradient[j] += product[j];
  }
  const float share = 1.0f / static_cast<float>(rows);
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = 0; j < columns; j++) {
      const float y = (load(x[i * columns + j]) - mean[j]) * inverse[j];
      const float d = load(delta[i * columns + j]);
      store(delta[i * columns + j], gamma[j] * inverse[j] * (d - share * sum[j] - y * share * product[j]));
    }
}

#define SWEEP_NORM(T)                                                                                                                             \
  SWEEP_HOT void moments_##T(const T* x, int64_t rows, int64_t columns, float* mean, float* variance) { moments(x, rows, columns, mean, variance); } \
  SWEEP_HOT void scale_##T(const T* x, int64_t rows, int64_t columns, const float* mean, const float* inverse, const float* gamma,                \
                           const float* beta, T* out) {                                                                                           \
    scale(x, rows, columns, mean, inverse, gamma, beta, out);                                                                                     \
  }                                                                                                                                               \
  SWEEP_HOT void scale_backward_##T(const T* x, int64_t rows, int64_t columns, const float* mean, const float* inverse, const float* gamma,       \
                                    T* delta, float* gamma_gradient, float* beta_gradient, float* scratch) {                                      \
    scale_backward(x, rows, columns, mean, inverse, gamma, delta, gamma_gradient, beta_gradient, scratch);                                        \
  }                                                                                                                                               \
  void column_moments(const T* x, int64_t rows, int64_t columns, float* mean, float* variance) { moments_##T(x, rows, columns, mean, variance); }  \
  void normalise(const T* x, int64_t rows, int64_t columns, const float* mean, const float* inverse, const float* gamma, const float* beta, T* out) { \
    scale_##T(x, rows, columns, mean, inverse, gamma, beta, out);                                                                                 \
  }                                                                                                                                               \
  void normalise_backward(const T* x, int64_t rows, int64_t columns, const float* mean, const float* inverse, const float* gamma, T* delta,       \
                          float* gamma_gradient, float* beta_gradient, float* scratch) {                                                          \
    scale_backward_##T(x, rows, columns, mean, inverse, gamma, delta, gamma_gradient, beta_gradient, scratch);                                    \
  }

SWEEP_NORM(float)
SWEEP_NORM(bfloat)

SWEEP_HOT void average_loop(float* __restrict average, const float* __restrict x, int64_t n, float decay) {
  const float rest = 1.0f - decay;
  for (int64_t i = 0; i < n; i++) average[i] = decay * average[i] + rest * x[i];
}

void average_into(float* average, const float* x, int64_t n, float decay) { average_loop(average, x, n, decay); }

void clip_rows(float* x, int64_t rows, int64_t columns, double limit) {
  for (int64_t i = 0; i < rows; i++) {
    float* row = x + i * columns;
    const double norm = std::sqrt(sum_of_squares(row, columns));
    if (!(norm > limit)) continue;
    const auto factor = static_cast<float>(limit / norm);
    for (int64_t j = 0; j < columns; j++) row[j] *= factor;
  }
}

}  // namespace sweep
