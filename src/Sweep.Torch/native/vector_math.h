#pragma once
// Elementary functions that vectorise: straight-line code, selections instead of branches. NaN stays NaN.
#include "multiversion.h"

#include <cmath>
#include <cstdint>
#include <cstring>

namespace sweep {

// e^x to about 1 ulp, after Cephes expf. Arguments are clamped to [-87.3, 88], so there is no zero, infinity or denormal.
SWEEP_INLINE float exp_vector(float x) {
  x = x < -87.3f ? -87.3f : x;
  x = x > 88.0f ? 88.0f : x;
  const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to a whole number, kept in the low bits
  const float shifted = x * 1.44269504088896341f + magic;
  const float whole = shifted - magic;
  const float r = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  uint32_t bits;
  std::memcpy(&bits, &shifted, 4);
  bits = (bits + 127u) << 23;
  float scale;
  std::memcpy(&scale, &bits, 4);
  return p * scale;
}

SWEEP_INLINE float sigmoid_vector(float x) { return 1.0f / (1.0f + exp_vector(-x)); }

// After Cephes tanhf: a polynomial near 0, where the other form cancels.
SWEEP_INLINE float tanh_vector(float x) {
  const float magnitude = x < 0.0f ? -x : x;
  const float s = x * x;
  float p = -5.70498872745e-3f;
  p = p * s + 2.06390887954e-2f;
  p = p * s - 5.37397155531e-2f;
  p = p * s + 1.33314422036e-1f;
  p = p * s - 3.33332819422e-1f;
  const float near = p * s * x + x;
  const float far = 1.0f - 2.0f / (exp_vector(2.0f * magnitude) + 1.0f);
  const float signed_far = x < 0.0f ? -far : far;
  return magnitude < 0.625f ? near : signed_far;
}

// The error function as a ratio of polynomials on [-4, 4] (the form of Eigen and XLA), a few ulps.
SWEEP_INLINE float erf_vector(float x) {
  x = x < -4.0f ? -4.0f : x;
  x = x > 4.0f ? 4.0f : x;
  const float s = x * x;
  float a = -2.72614225801306e-10f;
  a = a * s + 2.77068142495902e-08f;
  a = a * s - 2.10102402082508e-06f;
  a = a * s - 5.69250639462346e-05f;
  a = a * s - 7.34990630326855e-04f;
  a = a * s - 2.95459980854025e-03f;
  a = a * s - 1.60960333262415e-02f;
  float b = -1.45660718464996e-05f;
  b = b * s - 2.13374055278905e-04f;
  b = b * s - 1.68282697438203e-03f;
  b = b * s - 7.37332916720468e-03f;
  b = b * s - 1.42647390514189e-02f;
  return x * a / b;
}

}  // namespace sweep
