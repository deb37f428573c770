#pragma once
#include "bfloat.h"

#include <ATen/ATen.h>

#include <cstdint>

namespace sweep {

// A data set as training sees it: rows of bytes or floats, shared and never written, with a label each.
struct Source {
  at::Tensor data;    // uint8 or float32 [n, features]
  at::Tensor labels;  // int32 [n], each in [0, classes)
  int64_t classes;
  float scale, shift;  // what a network sees is element * scale + shift

  int64_t rows() const { return data.size(0); }
  int64_t features() const { return data.size(1); }
  void check(const int32_t* index, int64_t count) const;
  void gather(const int32_t* index, int64_t count, float* out) const;
  void gather(const int32_t* index, int64_t count, bfloat* out) const;
};

}  // namespace sweep
