#include "kernels.h"
#include "multiversion.h"

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

#define SWEEP_GATHER(NAME, ELEMENT, T)                                                                                                          \
  SWEEP_HOT void NAME(const ELEMENT* data, const int32_t* index, int64_t rows, int64_t columns, float scale, float shift, T* out) {             \
    gather(data, index, rows, columns, scale, shift, out);                                                                                      \
  }                                                                                                                                             \
  void gather_rows(const ELEMENT* data, const int32_t* index, int64_t rows, int64_t columns, float scale, float shift, T* out) {                \
    NAME(data, index, rows, columns, scale, shift, out);                                                                                        \
  }

SWEEP_GATHER(gather_bytes_float, uint8_t, float)
SWEEP_GATHER(gather_bytes_bfloat, uint8_t, bfloat)
SWEEP_GATHER(gather_floats_float, float, float)
SWEEP_GATHER(gather_floats_bfloat, float, bfloat)

}  // namespace sweep
