#include "multiversion.h"
#include "optimizer.h"

// What schedules that watch gradients are told.
namespace sweep {

// With Keep, y becomes x in the same pass.
template <bool Keep, class Real>
SWEEP_INLINE void products(const Real* __restrict x, Real* __restrict y, int64_t n, double* three) {
  constexpr int lanes = 16;
  double xx[lanes] = {}, xy[lanes] = {}, yy[lanes] = {};
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes)
    for (int k = 0; k < lanes; k++) {
      const double a = static_cast<double>(x[i + k]), b = static_cast<double>(y[i + k]);
      xx[k] += a * a;
      xy[k] += a * b;
      yy[k] += b * b;
      if (Keep) y[i + k] = x[i + k];
    }
  for (int k = 0; i < n; i++, k++) {
    const double a = static_cast<double>(x[i]), b = static_cast<double>(y[i]);
    xx[k] += a * a;
    xy[k] += a * b;
    yy[k] += b * b;
    if (Keep) y[i] = x[i];
  }
  three[0] = three[1] = three[2] = 0;
  for (int k = 0; k < lanes; k++) {
    three[0] += xx[k];
    three[1] += xy[k];
    three[2] += yy[k];
  }
}

// Floats are multiplied as floats, which costs half: 32 sums of at most 256 products each, then on as doubles.
template <bool Keep>
SWEEP_INLINE void products(const float* __restrict x, float* __restrict y, int64_t n, double* three) {
  constexpr int lanes = 32;
  constexpr int64_t block = 256 * lanes;
  const int64_t whole = n / lanes * lanes;
  double xx = 0, xy = 0, yy = 0;
  for (int64_t from = 0; from < whole; from += block) {
    const int64_t to = from + block < whole ? from + block : whole;
    float xxs[lanes] = {}, xys[lanes] = {}, yys[lanes] = {};
    for (int64_t i = from; i < to; i += lanes)
      for (int k = 0; k < lanes; k++) {
        const float a = x[i + k], b = y[i + k];
        xxs[k] += a * a;
        xys[k] += a * b;
        yys[k] += b * b;
        if (Keep) y[i + k] = a;
      }
    for (int k = 0; k < lanes; k++) {
      xx += static_cast<double>(xxs[k]);
      xy += static_cast<double>(xys[k]);
      yy += static_cast<double>(yys[k]);
    }
  }
  double rest[3];
  products<Keep, float>(x + whole, y + whole, n - whole, rest);
  three[0] = xx + rest[0];
  three[1] = xy + rest[1];
  three[2] = yy + rest[2];
}

template <class Real>
SWEEP_INLINE void difference(const Real* __restrict from, const Real* __restrict what, int64_t n, Real* __restrict result) {
  for (int64_t i = 0; i < n; i++) result[i] = from[i] - what[i];
}

SWEEP_HOT void products_float(const float* x, float* y, int64_t n, double* three) { products<false>(x, y, n, three); }
SWEEP_HOT void products_double(const double* x, double* y, int64_t n, double* three) { products<false>(x, y, n, three); }
SWEEP_HOT void products_keep_float(const float* x, float* y, int64_t n, double* three) { products<true>(x, y, n, three); }
SWEEP_HOT void products_keep_double(const double* x, double* y, int64_t n, double* three) { products<true>(x, y, n, three); }
SWEEP_HOT void difference_float(const float* from, const float* what, int64_t n, float* result) { difference(from, what, n, result); }
SWEEP_HOT void difference_double(const double* from, const double* what, int64_t n, double* result) { difference(from, what, n, result); }

void inner_products(const float* x, float* y, int64_t n, bool keep, double* three) { (keep ? products_keep_float : products_float)(x, y, n, three); }
void inner_products(const double* x, double* y, int64_t n, bool keep, double* three) { (keep ? products_keep_double : products_double)(x, y, n, three); }
void subtract(const float* from, const float* what, int64_t n, float* result) { difference_float(from, what, n, result); }
void subtract(const double* from, const double* what, int64_t n, double* result) { difference_double(from, what, n, result); }

}  // namespace sweep
