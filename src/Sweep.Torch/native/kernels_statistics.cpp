#include "multiversion.h"
#include "optimizer.h"

// What schedules that watch gradients are told.
namespace sweep {

template <class Real>
SWEEP_INLINE void products(const Real* __restrict x, const Real* __restrict y, int64_t n, double* three) {
  constexpr int lanes = 16;
  double xx[lanes] = {}, xy[lanes] = {}, yy[lanes] = {};
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes)
    for (int k = 0; k < lanes; k++) {
      const double a = static_cast<double>(x[i + k]), b = static_cast<double>(y[i + k]);
      xx[k] += a * a;
      xy[k] += a * b;
      yy[k] += b * b;
    }
  for (int k = 0; i < n; i++, k++) {
    const double a = static_cast<double>(x[i]), b = static_cast<double>(y[i]);
    xx[k] += a * a;
    xy[k] += a * b;
    yy[k] += b * b;
  }
  three[0] = three[1] = three[2] = 0;
  for (int k = 0; k < lanes; k++) {
    three[0] += xx[k];
    three[1] += xy[k];
    three[2] += yy[k];
  }
}

template <class Real>
SWEEP_INLINE void difference(const Real* __restrict from, const Real* __restrict what, int64_t n, Real* __restrict result) {
  for (int64_t i = 0; i < n; i++) result[i] = from[i] - what[i];
}

SWEEP_HOT void products_float(const float* x, const float* y, int64_t n, double* three) { products(x, y, n, three); }
SWEEP_HOT void products_double(const double* x, const double* y, int64_t n, double* three) { products(x, y, n, three); }
SWEEP_HOT void difference_float(const float* from, const float* what, int64_t n, float* result) { difference(from, what, n, result); }
SWEEP_HOT void difference_double(const double* from, const double* what, int64_t n, double* result) { difference(from, what, n, result); }

void inner_products(const float* x, const float* y, int64_t n, double* three) { products_float(x, y, n, three); }
void inner_products(const double* x, const double* y, int64_t n, double* three) { products_double(x, y, n, three); }
void subtract(const float* from, const float* what, int64_t n, float* result) { difference_float(from, what, n, result); }
void subtract(const double* from, const double* what, int64_t n, double* result) { difference_double(from, what, n, result); }

}  // namespace sweep
