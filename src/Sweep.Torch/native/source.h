#pragma once
#include "kernels.h"

#include <ATen/ATen.h>

#include <cstdint>

namespace sweep {

// A data set as training sees it, shared and never written: rows of bytes or floats with a label or a number each, or the
// windows of a sequence of symbols, each with the symbol that follows it.
struct Source {
  at::Tensor data;     // uint8 or float32 [n, features]; int32 [n + window] for windows
  at::Tensor labels;   // int32 [n], each in [0, classes); undefined where targets are
  int64_t classes;     // outputs of a network
  float scale = 1, shift = 0;  // what a network sees is element * scale + shift
  at::Tensor targets = {};     // float32 [n], or undefined
  int64_t window = 0;          // symbols before the one to predict, or 0

  int64_t rows() const { return window > 0 ? data.size(0) - window : data.size(0); }
  int64_t features() const { return window > 0 ? window * classes : data.size(1); }
  bool has_targets() const { return targets.defined(); }
  void check(const int32_t* index, int64_t count) const;
  // Rows as a network sees them: [count, features], moved if that is wanted.
  void gather(const int32_t* index, int64_t count, float* out, const Augmentation* how = nullptr) const;
  void gather(const int32_t* index, int64_t count, bfloat* out, const Augmentation* how = nullptr) const;
  // Refuses an augmentation that does not fit the rows.
  void check(const Augmentation& how) const;
};

}  // namespace sweep
