#include "gemm.h"

#include "api.h"

#include <dlfcn.h>

#include <cstdlib>
#include <string>

namespace sweep {
namespace {

using DnnlSgemm = int (*)(char, char, int64_t, int64_t, int64_t, float, const float*, int64_t, const float*, int64_t, float, float*, int64_t);
using BlasSgemm = void (*)(const char*, const char*, const int*, const int*, const int*, const float*, const float*, const int*, const float*,
                           const int*, const float*, float*, const int*);

struct Backend {
  const char* name = "aten";
  DnnlSgemm dnnl = nullptr;
  BlasSgemm blas = nullptr;

  Backend() {
    const char* chosen = std::getenv("SWEEP_GEMM");
    const std::string wish = chosen ? chosen : "";
#if defined(__x86_64__)
    // Elsewhere oneDNN's sgemm is plain C++. Here it is 5 to 9 % faster than OpenBLAS on the matrices of an MLP.
    if (wish.empty() || wish == "onednn") dnnl = reinterpret_cast<DnnlSgemm>(find("libdnnl.so.2", "dnnl_sgemm"));
#endif
    if (!dnnl && wish != "aten") blas = reinterpret_cast<BlasSgemm>(find("libblas.so.3", "sgemm_"));
    if (dnnl) name = "onednn";
    else if (blas) name = "openblas";
  }

  // Only libraries that libtorch brought along: another copy would have threads and settings of its own.
  static void* find(const char* library, const char* function) {
    void* handle = dlopen(library, RTLD_NOW | RTLD_NOLOAD);
    return handle ? dlsym(handle, function) : nullptr;
  }
};

const Backend& backend() {
  static const Backend instance;
  return instance;
}

at::Tensor wrap(const float* data, bool transpose, int64_t rows, int64_t columns, int64_t stride) {
  auto tensor = transpose ? at::from_blob(const_cast<float*>(data), {columns, rows}, {stride, 1}).t()
                          : at::from_blob(const_cast<float*>(data), {rows, columns}, {stride, 1});
  return tensor;
}

}  // namespace

const char* gemm_name() { return backend().name; }

void gemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb,
          float beta, float* c, int64_t ldc) {
  const auto& chosen = backend();
  if (chosen.dnnl) {
    const int status = chosen.dnnl(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', m, n, k, 1.0f, a, lda, b, ldb, beta, c, ldc);
    TORCH_CHECK(status == 0, "oneDNN's sgemm failed with status ", status);
    return;
  }
  if (chosen.blas) {
    // Column-major: the transposed product, with the operands exchanged.
    const int rows = static_cast<int>(n), columns = static_cast<int>(m), inner = static_cast<int>(k);
    const int stride_a = static_cast<int>(lda), stride_b = static_cast<int>(ldb), stride_c = static_cast<int>(ldc);
    const float one = 1.0f;
    chosen.blas(transpose_b ? "T" : "N", transpose_a ? "T" : "N", &rows, &columns, &inner, &one, b, &stride_b, a, &stride_a, &beta, c, &stride_c);
    return;
  }
  c10::NoGradGuard no_grad;
  auto result = wrap(c, false, m, n, ldc);
  if (beta == 0) at::mm_out(result, wrap(a, transpose_a, m, k, lda), wrap(b, transpose_b, k, n, ldb));
  else result.addmm_(wrap(a, transpose_a, m, k, lda), wrap(b, transpose_b, k, n, ldb), beta, 1);
}

}  // namespace sweep

// For benchmarks: the same product that a training step uses, n by n, repeated.
SWEEP_API int sweep_gemm_square(at::Tensor* a, at::Tensor* b, at::Tensor* c, int32_t repetitions) {
  return sweep::guarded([&] {
    const int64_t n = a->size(0);
    TORCH_CHECK(a->sizes() == b->sizes() && a->sizes() == c->sizes() && a->dim() == 2 && a->size(1) == n, "three square matrices of one size are needed");
    for (int32_t i = 0; i < repetitions; i++)
      sweep::gemm(false, false, n, n, n, a->data_ptr<float>(), n, b->data_ptr<float>(), n, 0, c->data_ptr<float>(), n);
  });
}
