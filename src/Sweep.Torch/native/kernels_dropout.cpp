#include "kernels.h"

// Masks by counting: whether an element is kept is a function of (seed, step, layer, row, element) and of nothing else, so a
// training that goes on from a checkpoint sees the masks that it would have seen.
namespace sweep {

// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
static uint64_t mix(uint64_t value) {
  value += 0x9E3779B97F4A7C15u;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
  return value ^ (value >> 31);
}

DropoutKey dropout_key(uint64_t seed, int64_t step, int64_t layer, int64_t row, double probability) {
  DropoutKey key;
  key.layer = mix(mix(mix(seed) ^ static_cast<uint64_t>(step)) ^ static_cast<uint64_t>(layer));
  key.row = row;
  key.threshold = static_cast<uint32_t>(probability * 4294967296.0);
  key.scale = static_cast<float>(1.0 / (1.0 - probability));
  return key;
}

// The finaliser of MurmurHash3 with a second key in its middle: 32 bits, which vectorise without 64-bit multiplications.
SWEEP_INLINE uint32_t bits_of(uint32_t counter, uint32_t first, uint32_t second) {
  uint32_t x = counter * 0x9E3779B9u + first;
  x ^= x >> 16;
  x *= 0x85EBCA6Bu;
  x ^= (x >> 13) ^ second;
  x *= 0xC2B2AE35u;
  return x ^ (x >> 16);
}

template <class T>
SWEEP_INLINE void drop(const DropoutKey& key, uint64_t row_key, const T* x, int64_t positions, int64_t channels, T* out) {
  const auto first = static_cast<uint32_t>(row_key), second = static_cast<uint32_t>(row_key >> 32);
  const auto stride = static_cast<uint32_t>(positions);
  const uint32_t threshold = key.threshold;
  const float scale = key.scale;
  for (int64_t p = 0; p < positions; p++) {
    const T* from = x + p * channels;
    T* to = out + p * channels;
    const auto start = static_cast<uint32_t>(p);
    const auto count = static_cast<uint32_t>(channels);
#pragma GCC ivdep
    for (uint32_t c = 0; c < count; c++) {
      const float kept = load(from[c]) * scale;
      store(to[c], bits_of(start + c * stride, first, second) >= threshold ? kept : 0.0f);
    }
  }
}

#define SWEEP_DROPOUT(T)                                                                                                               \
  SWEEP_HOT void drop_##T(const DropoutKey& key, uint64_t row_key, const T* x, int64_t positions, int64_t channels, T* out) {          \
    drop(key, row_key, x, positions, channels, out);                                                                                   \
  }                                                                                                                                    \
  void dropout(const DropoutKey& key, const T* x, int64_t rows, int64_t positions, int64_t channels, T* out) {                         \
    const int64_t size = positions * channels;                                                                                         \
    for (int64_t r = 0; r < rows; r++)                                                                                                 \
      drop_##T(key, mix(key.layer + static_cast<uint64_t>(key.row + r)), x + r * size, positions, channels, out + r * size);           \
  }

SWEEP_DROPOUT(float)
SWEEP_DROPOUT(bfloat)

}  // namespace sweep
