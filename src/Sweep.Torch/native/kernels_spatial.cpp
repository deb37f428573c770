#include "kernels.h"

// Loops over images laid out position by position: the channels of a pixel are side by side.
namespace sweep {

// Takes what is larger into best, and its number into which. NaN wins, so that a training that blew up is seen.
SWEEP_INLINE void keep_larger(const float* other, int64_t channels, uint8_t number, float* __restrict best, uint8_t* __restrict which) {
  for (int64_t c = 0; c < channels; c++) {
    const float a = best[c], b = other[c];
    const bool larger = b > a || b != b;
    best[c] = larger ? b : a;
    which[c] = larger ? number : which[c];
  }
}

// As whole numbers that are ordered like the values they stand for, so that all of it is 16 bits wide.
SWEEP_INLINE void keep_larger(const bfloat* other, int64_t channels, uint8_t number, bfloat* __restrict best, uint8_t* __restrict which) {
  constexpr int64_t block = 32;
  for (int64_t start = 0; start < channels; start += block) {
    const int64_t count = channels - start < block ? channels - start : block;
    int16_t larger[block];
    for (int64_t c = 0; c < count; c++) {
      const auto a = static_cast<int16_t>(best[start + c].bits), b = static_cast<int16_t>(other[start + c].bits);
      const auto a_key = static_cast<int16_t>(a ^ ((a >> 15) & 0x7fff)), b_key = static_cast<int16_t>(b ^ ((b >> 15) & 0x7fff));
      const auto mask = static_cast<int16_t>(b_key > a_key ? -1 : 0);
      larger[c] = mask;
      best[start + c].bits = static_cast<uint16_t>((b & mask) | (a & ~mask));
    }
    for (int64_t c = 0; c < count; c++) {
      const auto mask = static_cast<uint8_t>(larger[c]);
      which[start + c] = static_cast<uint8_t>((number & mask) | (which[start + c] & ~mask));
    }
  }
}

// What of delta goes to the position of that number.
SWEEP_INLINE void give_back(const float* __restrict delta, const float* __restrict out, const uint8_t* __restrict which, int64_t channels, uint8_t number,
                            bool relu, float* __restrict to) {
  if (relu) {
    for (int64_t c = 0; c < channels; c++) to[c] = which[c] == number && out[c] > 0.0f ? delta[c] : 0.0f;
  } else {
    for (int64_t c = 0; c < channels; c++) to[c] = which[c] == number ? delta[c] : 0.0f;
  }
}

SWEEP_INLINE void give_back(const bfloat* __restrict delta, const bfloat* __restrict out, const uint8_t* __restrict which, int64_t channels,
                            uint8_t number, bool relu, bfloat* __restrict to) {
  const auto any = static_cast<int16_t>(relu ? 0 : -1);
  for (int64_t c = 0; c < channels; c++) {
    const auto wide = static_cast<int16_t>(which[c]);
    const auto mine = static_cast<int16_t>(wide == number ? -1 : 0);
    const auto open = static_cast<int16_t>(static_cast<int16_t>(out[c].bits) > 0 ? -1 : 0);
    to[c].bits = static_cast<uint16_t>(delta[c].bits & mine & (open | any));
  }
}

template <class T>
SWEEP_INLINE void pool(const T* x, int64_t rows, int64_t height, int64_t width, int64_t channels, int64_t window, bool relu, T* out, uint8_t* from) {
  const int64_t down = height / window, across = width / window;
  for (int64_t r = 0; r < rows; r++) {
    for (int64_t i = 0; i < down; i++) {
      for (int64_t j = 0; j < across; j++) {
        const T* corner = x + ((r * height + i * window) * width + j * window) * channels;
        const int64_t place = ((r * down + i) * across + j) * channels;
        T* __restrict best = out + place;
        uint8_t* __restrict which = from + place;
        for (int64_t c = 0; c < channels; c++) {
          best[c] = corner[c];
          which[c] = 0;
        }
        for (int64_t k = 1; k < window * window; k++) {
          const T* other = corner + ((k / window) * width + k % window) * channels;
          const auto number = static_cast<uint8_t>(k);
          keep_larger(other, channels, number, best, which);
        }
        if (relu)
          for (int64_t c = 0; c < channels; c++) {
            const float a = load(best[c]);
            store(best[c], a < 0.0f ? 0.0f : a);
          }
      }
    }
  }
}

// The gradient goes to the position that won; after relu only where something came through.
template <class T>
SWEEP_INLINE void unpool(const T* delta, const T* out, const uint8_t* from, int64_t rows, int64_t height, int64_t width, int64_t channels, int64_t window,
                         bool relu, T* dx) {
  const int64_t down = height / window, across = width / window;
  const bool ragged = down * window != height || across * window != width;
  T zero;
  store(zero, 0.0f);
  if (ragged)
    for (int64_t i = 0; i < rows * height * width * channels; i++) dx[i] = zero;
  for (int64_t r = 0; r < rows; r++) {
    for (int64_t i = 0; i < down; i++) {
      for (int64_t j = 0; j < across; j++) {
        const int64_t place = ((r * down + i) * across + j) * channels;
        const T* __restrict d = delta + place;
        const T* __restrict a = out + place;
        const uint8_t* __restrict which = from + place;
        T* corner = dx + ((r * height + i * window) * width + j * window) * channels;
        for (int64_t k = 0; k < window * window; k++) {
          T* __restrict to = corner + ((k / window) * width + k % window) * channels;
          const auto number = static_cast<uint8_t>(k);
          give_back(d, a, which, channels, number, relu, to);
        }
      }
    }
  }
}

// In blocks of 16 by 16, so that both sides are read and written whole cache lines at a time.
template <class T>
SWEEP_INLINE void swap(const T* x, int64_t rows, int64_t a, int64_t b, T* out) {
  constexpr int64_t block = 16;
  for (int64_t r = 0; r < rows; r++) {
    const T* from = x + r * a * b;
    T* __restrict to = out + r * a * b;
    for (int64_t i = 0; i < a; i += block) {
      const int64_t i_end = i + block < a ? i + block : a;
      for (int64_t j = 0; j < b; j += block) {
        const int64_t j_end = j + block < b ? j + block : b;
        for (int64_t v = j; v < j_end; v++)
          for (int64_t u = i; u < i_end; u++) to[v * a + u] = from[u * b + v];
      }
    }
  }
}

#define SWEEP_SPATIAL(T)                                                                                                                              \
  SWEEP_HOT void pool_##T(const T* x, int64_t rows, int64_t height, int64_t width, int64_t channels, int64_t window, bool relu, T* out, uint8_t* from) { \
    pool(x, rows, height, width, channels, window, relu, out, from);                                                                                  \
  }                                                                                                                                                   \
  SWEEP_HOT void unpool_##T(const T* delta, const T* out, const uint8_t* from, int64_t rows, int64_t height, int64_t width, int64_t channels,          \
                            int64_t window, bool relu, T* dx) {                                                                                       \
    unpool(delta, out, from, rows, height, width, channels, window, relu, dx);                                                                        \
  }                                                                                                                                                   \
  SWEEP_HOT void swap_##T(const T* x, int64_t rows, int64_t a, int64_t b, T* out) { swap(x, rows, a, b, out); }                                        \
  void pool_forward(const T* x, int64_t rows, int64_t height, int64_t width, int64_t channels, int64_t window, bool relu, T* out, uint8_t* from) {    \
    pool_##T(x, rows, height, width, channels, window, relu, out, from);                                                                              \
  }                                                                                                                                                   \
  void pool_backward(const T* delta, const T* out, const uint8_t* from, int64_t rows, int64_t height, int64_t width, int64_t channels, int64_t window, \
                     bool relu, T* dx) {                                                                                                              \
    unpool_##T(delta, out, from, rows, height, width, channels, window, relu, dx);                                                                    \
  }                                                                                                                                                   \
  void swap_axes(const T* x, int64_t rows, int64_t a, int64_t b, T* out) { swap_##T(x, rows, a, b, out); }

SWEEP_SPATIAL(float)
SWEEP_SPATIAL(bfloat)

}  // namespace sweep
