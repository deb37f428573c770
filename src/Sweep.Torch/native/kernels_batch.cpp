#include "kernels.h"
#include "multiversion.h"

#include <algorithm>
#include <cstring>

namespace sweep {

// Rows lie anywhere in the data set: the one after next is asked for while this one is converted.
template <class Element>
SWEEP_INLINE void prefetch_row(const Element* row, int64_t columns) {
  const char* start = reinterpret_cast<const char*>(row);
  for (int64_t offset = 0; offset < columns * static_cast<int64_t>(sizeof(Element)); offset += 64) __builtin_prefetch(start + offset);
}

template <class Element, class T>
SWEEP_INLINE void gather(const Element* data, const int32_t* index, int64_t rows, int64_t columns, float scale, float shift, T* out) {
  for (int64_t i = 0; i < rows; i++) {
    if (i + 2 < rows) prefetch_row(data + index[i + 2] * columns, columns);
    const Element* __restrict from = data + index[i] * columns;
    T* __restrict to = out + i * columns;
    for (int64_t j = 0; j < columns; j++) store(to[j], static_cast<float>(from[j]) * scale + shift);
  }
}

// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
SWEEP_INLINE uint64_t mixed(uint64_t value) {
  value += 0x9E3779B97F4A7C15u;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
  return value ^ (value >> 31);
}

// From -limit to limit, each as likely as the other to 2^-32.
SWEEP_INLINE int64_t between(uint32_t random, int64_t limit) {
  return static_cast<int64_t>((static_cast<uint64_t>(random) * static_cast<uint64_t>(2 * limit + 1)) >> 32) - limit;
}

// Some lines are put together as raw elements, then converted as one: lines alone are too short to be vectorised well.
template <class Element, class T>
SWEEP_INLINE void move(const Element* data, const int32_t* index, int64_t rows, const Augmentation& how, float scale, float shift, T* out) {
  const int64_t width = how.width, lines = how.channels * how.height, size = lines * width;
  const int64_t most = MostMovedColumns / width;
  Element raw[MostMovedColumns];
  for (int64_t i = 0; i < rows; i++) {
    if (i + 2 < rows) prefetch_row(data + index[i + 2] * size, size);
    const uint64_t bits = mixed(how.key ^ static_cast<uint64_t>(index[i]));
    const int64_t down = between(static_cast<uint32_t>(bits), how.shift), right = between(static_cast<uint32_t>(bits >> 32), how.shift);
    const bool mirror = how.flip && (mixed(bits) >> 63);
    const int64_t begin = right > 0 ? right : 0, count = width - (right > 0 ? right : -right);
    const Element* image = data + index[i] * size;
    for (int64_t first = 0; first < lines; first += most) {
      const int64_t block = first + most < lines ? most : lines - first;
      std::memset(raw, 0, static_cast<size_t>(block * width) * sizeof(Element));
      for (int64_t line = first; line < first + block; line++) {
        const int64_t y = line % how.height - down;
        if (y < 0 || y >= how.height) continue;
        const Element* from = image + (line - down) * width;
        Element* to = raw + (line - first) * width + begin;
        if (!mirror) std::memcpy(to, from + begin - right, static_cast<size_t>(count) * sizeof(Element));
        else std::reverse_copy(from + width - (begin - right) - count, from + width - (begin - right), to);
      }
      T* __restrict converted = out + i * size + first * width;
      for (int64_t j = 0; j < block * width; j++) store(converted[j], static_cast<float>(raw[j]) * scale + shift);
    }
  }
}

template <class T>
SWEEP_INLINE void window(const int32_t* data, const int32_t* index, int64_t rows, int64_t places, int64_t symbols, T* out) {
  for (int64_t k = 0; k < rows * places * symbols; k++) store(out[k], 0.0f);
  for (int64_t i = 0; i < rows; i++)
    for (int64_t p = 0; p < places; p++) store(out[(i * places + p) * symbols + data[index[i] + p]], 1.0f);
}

#define SWEEP_GATHER(NAME, ELEMENT, T)                                                                                                          \
  SWEEP_HOT void NAME(const ELEMENT* data, const int32_t* index, int64_t rows, int64_t columns, float scale, float shift, T* out) {             \
    gather(data, index, rows, columns, scale, shift, out);                                                                                      \
  }                                                                                                                                             \
  void gather_rows(const ELEMENT* data, const int32_t* index, int64_t rows, int64_t columns, float scale, float shift, T* out) {                \
    NAME(data, index, rows, columns, scale, shift, out);                                                                                        \
  }                                                                                                                                             \
  SWEEP_HOT void NAME##_moved(const ELEMENT* data, const int32_t* index, int64_t rows, const Augmentation& how, float scale, float shift, T* out) { \
    move(data, index, rows, how, scale, shift, out);                                                                                            \
  }                                                                                                                                             \
  void gather_moved(const ELEMENT* data, const int32_t* index, int64_t rows, const Augmentation& how, float scale, float shift, T* out) {       \
    NAME##_moved(data, index, rows, how, scale, shift, out);                                                                                    \
  }

SWEEP_GATHER(gather_bytes_float, uint8_t, float)
SWEEP_GATHER(gather_bytes_bfloat, uint8_t, bfloat)
SWEEP_GATHER(gather_floats_float, float, float)
SWEEP_GATHER(gather_floats_bfloat, float, bfloat)

void gather_window(const int32_t* data, const int32_t* index, int64_t rows, int64_t places, int64_t symbols, float* out) {
  window(data, index, rows, places, symbols, out);
}
void gather_window(const int32_t* data, const int32_t* index, int64_t rows, int64_t places, int64_t symbols, bfloat* out) {
  window(data, index, rows, places, symbols, out);
}

}  // namespace sweep
