#pragma once
// The upper half of a float: arithmetic is done in float, memory holds 16 bits. Conversions vectorise.
#include "multiversion.h"

#include <cstdint>
#include <cstring>

namespace sweep {

struct bfloat {
  uint16_t bits;
};

SWEEP_INLINE float load(float x) { return x; }

SWEEP_INLINE float load(bfloat x) {
  const uint32_t bits = static_cast<uint32_t>(x.bits) << 16;
  float value;
  std::memcpy(&value, &bits, 4);
  return value;
}

SWEEP_INLINE void store(float& to, float x) { to = x; }

// To the nearest, halves to even; NaN stays NaN.
SWEEP_INLINE void store(bfloat& to, float x) {
  uint32_t bits;
  std::memcpy(&bits, &x, 4);
  const uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
  to.bits = static_cast<uint16_t>(x != x ? 0x7fc0u : rounded);
}

}  // namespace sweep
