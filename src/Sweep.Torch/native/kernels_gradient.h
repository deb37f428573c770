#pragma once
// What the loops of the update rules share.
#include "multiversion.h"
#include "optimizer.h"

namespace sweep {

template <class Real>
SWEEP_INLINE Real clamp(Real x, Real limit) {
  x = x < -limit ? -limit : x;
  return x > limit ? limit : x;
}

template <class Real>
SWEEP_INLINE Real sign(Real x) {
  return (x > Real(0) ? Real(1) : Real(0)) - (x < Real(0) ? Real(1) : Real(0));
}

// The gradient after clipping, L1 and (for coupled) weight decay.
template <bool Coupled, class Real>
SWEEP_INLINE Real gradient(const StepScalars<Real>& s, Real g, Real p) {
  g = clamp(g * s.gradient_scale, s.clip_value) + s.l1 * sign(p);
  return Coupled ? g + s.weight_decay * p : g;
}

SWEEP_INLINE float root(float x) { return __builtin_sqrtf(x); }
SWEEP_INLINE double root(double x) { return __builtin_sqrt(x); }

}  // namespace sweep
