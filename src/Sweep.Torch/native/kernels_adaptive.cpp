#include "kernels_gradient.h"

#include <algorithm>

// One pass over memory for each of the rules in optimizer_adaptive.cpp, which sets the scalars' meaning.
namespace sweep {

// Sums in double, in sixteen lanes: an order that depends on the length alone.
struct Lanes {
  static constexpr int count = 16;
  double sums[count] = {};

  template <class Real>
  SWEEP_INLINE void add(const Real* terms, int64_t n) {
    int64_t i = 0;
    for (; i + count <= n; i += count)
      for (int k = 0; k < count; k++) sums[k] += static_cast<double>(terms[i + k]);
    for (; i < n; i++) sums[i % count] += static_cast<double>(terms[i]);
  }

  SWEEP_INLINE double total() const {
    double total = 0;
    for (int k = 0; k < count; k++) total += sums[k];
    return total;
  }
};

// The pragma says what __restrict does: with this many pointers the compiler gives up checking, and vectorising with it.
#define SWEEP_POINTERS(REAL)                                 \
  REAL* __restrict parameters = m.parameters;                \
  const REAL* __restrict gradients = m.gradients;            \
  [[maybe_unused]] REAL* __restrict a = m.first;             \
  [[maybe_unused]] REAL* __restrict b = m.second;            \
  [[maybe_unused]] REAL* __restrict c = m.third;             \
  [[maybe_unused]] const REAL* __restrict e = m.fourth;      \
  const StepScalars<REAL> s = scalars;

// BODY sees the parameter p, its gradient g and the state a[i], b[i], c[i], e[i]; it gives the terms x and y to add up.
#define SWEEP_SUMMED(NAME, REAL, COUPLED, ...)                                                        \
  SWEEP_HOT StepSums NAME(const StepBuffers<REAL>& m, const StepScalars<REAL>& scalars) {             \
    constexpr int64_t block = 512;                                                                    \
    SWEEP_POINTERS(REAL)                                                                              \
    alignas(64) REAL numerators[block], denominators[block];                                          \
    Lanes numerator, denominator;                                                                     \
    for (int64_t begin = 0; begin < m.count; begin += block) {                                        \
      const int64_t n = std::min(block, m.count - begin);                                             \
      _Pragma("GCC ivdep")                                                                            \
      for (int64_t j = 0; j < n; j++) {                                                               \
        const int64_t i = begin + j;                                                                  \
        REAL p = parameters[i];                                                                       \
        const REAL g = gradient<COUPLED>(s, gradients[i], p);                                         \
        REAL x, y;                                                                                    \
        __VA_ARGS__                                                                                   \
        parameters[i] = clamp(p, s.weight_clip);                                                      \
        numerators[j] = x;                                                                            \
        denominators[j] = y;                                                                          \
      }                                                                                               \
      numerator.add(numerators, n);                                                                   \
      denominator.add(denominators, n);                                                               \
    }                                                                                                 \
    return {numerator.total(), denominator.total()};                                                  \
  }

// Schedule-Free: a is z, b is x, the parameters are y. A clipped z keeps all three within the limit.
#define SWEEP_AVERAGED(NAME, REAL, COUPLED, ...)                                                      \
  SWEEP_HOT void NAME(const StepBuffers<REAL>& m, const StepScalars<REAL>& scalars) {                 \
    SWEEP_POINTERS(REAL)                                                                              \
    for (int64_t i = 0; i < m.count; i++) {                                                           \
      const REAL p = parameters[i];                                                                   \
      const REAL g = gradient<COUPLED>(s, gradients[i], p);                                           \
      REAL z = a[i];                                                                                  \
      __VA_ARGS__                                                                                     \
      z = clamp(z, s.weight_clip);                                                                    \
      const REAL x = s.third * b[i] + s.second * z;                                                   \
      a[i] = z;                                                                                       \
      b[i] = x;                                                                                       \
      parameters[i] = s.one_minus1 * z + s.decay1 * x;                                                \
    }                                                                                                 \
  }

#define SWEEP_ADAPTIVE(REAL)                                                                          \
  SWEEP_SUMMED(dadapt_sgd_##REAL, REAL, true,                                                         \
    x = g * a[i]; const REAL u = a[i] + s.rate * g; a[i] = u; y = u * u;                              \
    const REAL z = b[i] - s.rate * g; b[i] = z; p = s.decay1 * p + s.one_minus1 * z;)                 \
  SWEEP_SUMMED(dadapt_adam_##REAL, REAL, true,                                                        \
    const REAL u = s.decay1 * a[i] + s.one_minus1 * s.rate * g; a[i] = u;                             \
    const REAL v = s.decay2 * b[i] + s.one_minus2 * g * g; b[i] = v;                                  \
    const REAL w = root(v) + s.epsilon; p -= u / w; x = g * c[i] / w;                                 \
    const REAL q = s.second * c[i] + s.third * g; c[i] = q; y = q < REAL(0) ? -q : q;)                \
  SWEEP_SUMMED(prodigy_##REAL, REAL, false,                                                           \
    const REAL u = s.decay1 * a[i] + s.one_minus1 * g; a[i] = u;                                      \
    const REAL v = s.decay2 * b[i] + s.one_minus2 * g * g; b[i] = v; x = g * (e[i] - p);              \
    const REAL q = s.second * c[i] + s.third * g; c[i] = q; y = q < REAL(0) ? -q : q;                 \
    p = p * s.weight_decay - s.rate * u / (root(v) + s.epsilon);)                                     \
  SWEEP_AVERAGED(schedule_free_sgd_##REAL, REAL, true, z -= s.rate * g;)                              \
  SWEEP_AVERAGED(schedule_free_adamw_##REAL, REAL, false,                                             \
    const REAL v = s.decay2 * c[i] + s.one_minus2 * g * g; c[i] = v;                                  \
    z -= s.rate * g / (root(v) * s.correction + s.epsilon) + s.weight_decay * p;)                     \
  double adjusted_squares(const StepBuffers<REAL>& m, const StepScalars<REAL>& s) {                   \
    double total = 0;                                                                                 \
    for (int64_t i = 0; i < m.count; i++) {                                                           \
      const double g = static_cast<double>(gradient<true>(s, m.gradients[i], m.parameters[i]));       \
      total += g * g;                                                                                 \
    }                                                                                                 \
    return total;                                                                                     \
  }                                                                                                   \
  StepSums step_dadapt_sgd(const StepBuffers<REAL>& m, const StepScalars<REAL>& s) { return dadapt_sgd_##REAL(m, s); }   \
  StepSums step_dadapt_adam(const StepBuffers<REAL>& m, const StepScalars<REAL>& s) { return dadapt_adam_##REAL(m, s); } \
  StepSums step_prodigy(const StepBuffers<REAL>& m, const StepScalars<REAL>& s) { return prodigy_##REAL(m, s); }         \
  void step_schedule_free_sgd(const StepBuffers<REAL>& m, const StepScalars<REAL>& s) { schedule_free_sgd_##REAL(m, s); } \
  void step_schedule_free_adamw(const StepBuffers<REAL>& m, const StepScalars<REAL>& s) { schedule_free_adamw_##REAL(m, s); }

SWEEP_ADAPTIVE(float)
SWEEP_ADAPTIVE(double)

}  // namespace sweep
