#include "kernels_gradient.h"

#include <cmath>

// One pass over memory for each optimizer. The scalars' meaning for each is set in optimizer.cpp.
namespace sweep {

// A second loop keeps what it took off each parameter, where that is wanted. BODY sees the parameter p, its gradient g (COUPLED says whether with weight decay) and the state a[i], b[i], c[i].
#define SWEEP_STEP(NAME, REAL, COUPLED, ARGUMENTS, ...)                                    \
  SWEEP_HOT void NAME ARGUMENTS {                                                          \
    REAL* __restrict parameters = m.parameters;                                            \
    const REAL* __restrict gradients = m.gradients;                                        \
    [[maybe_unused]] REAL* __restrict a = m.first;                                         \
    [[maybe_unused]] REAL* __restrict b = m.second;                                        \
    [[maybe_unused]] REAL* __restrict c = m.third;                                         \
    const StepScalars<REAL> s = scalars;                                                   \
    if (REAL* __restrict change = m.change) {                                              \
      for (int64_t i = 0; i < m.count; i++) {                                              \
        const REAL before = parameters[i];                                                 \
        REAL p = before;                                                                   \
        const REAL g = gradient<COUPLED>(s, gradients[i], p);                              \
        __VA_ARGS__                                                                        \
        p = clamp(p, s.weight_clip);                                                       \
        parameters[i] = p;                                                                 \
        change[i] = before - p;                                                            \
      }                                                                                    \
      return;                                                                              \
    }                                                                                      \
    for (int64_t i = 0; i < m.count; i++) {                                                \
      REAL p = parameters[i];                                                              \
      const REAL g = gradient<COUPLED>(s, gradients[i], p);                                \
      __VA_ARGS__                                                                          \
      parameters[i] = clamp(p, s.weight_clip);                                             \
    }                                                                                      \
  }

#define SWEEP_MEMORY(REAL) const StepBuffers<REAL>&m, const StepScalars<REAL>&scalars

#define SWEEP_STEPS(REAL)                                                                                              \
  SWEEP_STEP(sgd_##REAL, REAL, true, (SWEEP_MEMORY(REAL)), p -= s.rate * g;)                                           \
  SWEEP_STEP(momentum_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                                        \
    const REAL v = s.decay1 * a[i] + s.one_minus1 * g; a[i] = v; p -= s.rate * v;)                                     \
  SWEEP_STEP(nesterov_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                                        \
    const REAL v = s.decay1 * a[i] + s.one_minus1 * g; a[i] = v; p -= s.rate * (g + s.decay2 * v);)                    \
  SWEEP_STEP(adagrad_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                                         \
    const REAL v = a[i] + g * g; a[i] = v; p -= s.rate * g / (root(v) + s.epsilon);)                                   \
  SWEEP_STEP(rmsprop_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                                         \
    const REAL v = s.decay1 * a[i] + s.one_minus1 * g * g; a[i] = v; p -= s.rate * g / (root(v) + s.epsilon);)         \
  SWEEP_STEP(rmsprop_momentum_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                                \
    const REAL v = s.decay1 * a[i] + s.one_minus1 * g * g; a[i] = v;                                                   \
    const REAL u = s.decay2 * b[i] + g / (root(v) + s.epsilon); b[i] = u; p -= s.rate * u;)                            \
  SWEEP_STEP(rmsprop_centered_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                                \
    const REAL v = s.decay1 * a[i] + s.one_minus1 * g * g; a[i] = v;                                                   \
    const REAL w = s.decay1 * c[i] + s.one_minus1 * g; c[i] = w; p -= s.rate * g / (root(v - w * w) + s.epsilon);)     \
  SWEEP_STEP(rmsprop_centered_momentum_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                       \
    const REAL v = s.decay1 * a[i] + s.one_minus1 * g * g; a[i] = v;                                                   \
    const REAL w = s.decay1 * c[i] + s.one_minus1 * g; c[i] = w;                                                       \
    const REAL u = s.decay2 * b[i] + g / (root(v - w * w) + s.epsilon); b[i] = u; p -= s.rate * u;)                    \
  SWEEP_STEP(adam_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                                            \
    const REAL u = s.decay1 * a[i] + s.one_minus1 * g; a[i] = u;                                                       \
    const REAL v = s.decay2 * b[i] + s.one_minus2 * g * g; b[i] = v;                                                   \
    p -= s.rate * u / (root(v) * s.correction + s.epsilon);)                                                           \
  SWEEP_STEP(adam_amsgrad_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                                    \
    const REAL u = s.decay1 * a[i] + s.one_minus1 * g; a[i] = u;                                                       \
    const REAL v = s.decay2 * b[i] + s.one_minus2 * g * g; b[i] = v;                                                   \
    const REAL w = c[i] < v ? v : c[i]; c[i] = w;                                                                      \
    p -= s.rate * u / (root(w) * s.correction + s.epsilon);)                                                           \
  SWEEP_STEP(adamw_##REAL, REAL, false, (SWEEP_MEMORY(REAL)),                                                          \
    const REAL u = s.decay1 * a[i] + s.one_minus1 * g; a[i] = u;                                                       \
    const REAL v = s.decay2 * b[i] + s.one_minus2 * g * g; b[i] = v;                                                   \
    p = p * s.weight_decay - s.rate * u / (root(v) * s.correction + s.epsilon);)                                       \
  SWEEP_STEP(adamw_amsgrad_##REAL, REAL, false, (SWEEP_MEMORY(REAL)),                                                  \
    const REAL u = s.decay1 * a[i] + s.one_minus1 * g; a[i] = u;                                                       \
    const REAL v = s.decay2 * b[i] + s.one_minus2 * g * g; b[i] = v;                                                   \
    const REAL w = c[i] < v ? v : c[i]; c[i] = w;                                                                      \
    p = p * s.weight_decay - s.rate * u / (root(w) * s.correction + s.epsilon);)                                       \
  SWEEP_STEP(adadelta_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                                        \
    const REAL v = s.decay1 * a[i] + s.one_minus1 * g * g; a[i] = v;                                                   \
    const REAL d = root(b[i] + s.epsilon) / root(v + s.epsilon) * g;                                                   \
    b[i] = s.decay1 * b[i] + s.one_minus1 * d * d; p -= s.rate * d;)                                                   \
  SWEEP_STEP(adamax_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                                          \
    const REAL u = s.decay1 * a[i] + s.one_minus1 * g; a[i] = u;                                                       \
    const REAL size = (g < REAL(0) ? -g : g) + s.epsilon; const REAL old = s.decay2 * b[i];                            \
    const REAL v = old > size ? old : size; b[i] = v; p -= s.rate * u / v;)                                            \
  SWEEP_STEP(nadam_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                                           \
    const REAL u = s.decay1 * a[i] + s.one_minus1 * g; a[i] = u;                                                       \
    const REAL v = s.decay2 * b[i] + s.one_minus2 * g * g; b[i] = v;                                                   \
    p -= (s.rate * g + s.second * u) / (root(v * s.correction) + s.epsilon);)                                          \
  SWEEP_STEP(radam_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                                           \
    const REAL u = s.decay1 * a[i] + s.one_minus1 * g; a[i] = u;                                                       \
    const REAL v = s.decay2 * b[i] + s.one_minus2 * g * g; b[i] = v; p -= s.rate * u;)                                 \
  SWEEP_STEP(radam_rectified_##REAL, REAL, true, (SWEEP_MEMORY(REAL)),                                                 \
    const REAL u = s.decay1 * a[i] + s.one_minus1 * g; a[i] = u;                                                       \
    const REAL v = s.decay2 * b[i] + s.one_minus2 * g * g; b[i] = v; p -= s.rate * u / (root(v) + s.epsilon);)         \
  SWEEP_STEP(lion_##REAL, REAL, false, (SWEEP_MEMORY(REAL)),                                                           \
    const REAL u = s.decay1 * a[i] + s.one_minus1 * g; a[i] = s.decay2 * a[i] + s.one_minus2 * g;                      \
    p = p * s.weight_decay - s.rate * sign(u);)                                                                        \
  void step_sgd(SWEEP_MEMORY(REAL)) { sgd_##REAL(m, scalars); }                                                        \
  void step_momentum(SWEEP_MEMORY(REAL), bool nesterov) { (nesterov ? nesterov_##REAL : momentum_##REAL)(m, scalars); } \
  void step_adagrad(SWEEP_MEMORY(REAL)) { adagrad_##REAL(m, scalars); }                                                \
  void step_rmsprop(SWEEP_MEMORY(REAL), bool centered, bool momentum) {                                                \
    if (centered) (momentum ? rmsprop_centered_momentum_##REAL : rmsprop_centered_##REAL)(m, scalars);                 \
    else (momentum ? rmsprop_momentum_##REAL : rmsprop_##REAL)(m, scalars);                                            \
  }                                                                                                                    \
  void step_adam(SWEEP_MEMORY(REAL), bool amsgrad, bool decoupled) {                                                   \
    if (decoupled) (amsgrad ? adamw_amsgrad_##REAL : adamw_##REAL)(m, scalars);                                        \
    else (amsgrad ? adam_amsgrad_##REAL : adam_##REAL)(m, scalars);                                                    \
  }                                                                                                                    \
  void step_adadelta(SWEEP_MEMORY(REAL)) { adadelta_##REAL(m, scalars); }                                              \
  void step_adamax(SWEEP_MEMORY(REAL)) { adamax_##REAL(m, scalars); }                                                  \
  void step_nadam(SWEEP_MEMORY(REAL)) { nadam_##REAL(m, scalars); }                                                    \
  void step_radam(SWEEP_MEMORY(REAL), bool rectified) { (rectified ? radam_rectified_##REAL : radam_##REAL)(m, scalars); } \
  void step_lion(SWEEP_MEMORY(REAL)) { lion_##REAL(m, scalars); }

SWEEP_STEPS(float)
SWEEP_STEPS(double)

}  // namespace sweep
