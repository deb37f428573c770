#pragma once
#include <cstdint>

namespace sweep {

// C = op(A) op(B) + beta C for row-major matrices; C is m by n and k is the inner length.
void gemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb,
          float beta, float* c, int64_t ldc);

// "onednn", "openblas" or "aten".
const char* gemm_name();

}  // namespace sweep
