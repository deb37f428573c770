#include "api.h"
#include "gemm.h"

#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <dlfcn.h>
#include <torch/version.h>
#if defined(__GLIBC__)
#include <gnu/libc-version.h>
#endif

#include <cstring>
#include <sstream>
#include <string>

namespace {

template <class Function>
Function find(const char* library, const char* name) {
  void* handle = dlopen(library, RTLD_NOW | RTLD_NOLOAD);
  return handle ? reinterpret_cast<Function>(dlsym(handle, name)) : nullptr;
}

std::string blas() {
  const auto config = find<char* (*)()>("libopenblas.so.0", "openblas_get_config");
  const auto core = find<char* (*)()>("libopenblas.so.0", "openblas_get_corename");
  if (!config) return "unknown";
  return std::string(config()) + (core ? std::string(" on ") + core() : "");
}

struct DnnlVersion {
  int major, minor, patch;
  const char* hash;
};

std::string onednn() {
  const auto version = find<const DnnlVersion* (*)()>("libdnnl.so.2", "dnnl_version");
  const auto isa = find<int (*)()>("libdnnl.so.2", "dnnl_get_effective_cpu_isa");
  if (!version) return "unknown";
  std::ostringstream text;
  text << version()->major << '.' << version()->minor << '.' << version()->patch;
  if (isa) text << " isa 0x" << std::hex << isa();
  return text.str();
}

// at::get_cpu_capability changed its place and type between versions, as did CUDA's hooks; the text of the configuration did not.
std::string configured(const std::string& key, const char* otherwise) {
  const std::string config = at::show_config();
  const auto start = config.find(key);
  if (start == std::string::npos) return otherwise;
  const auto from = start + key.size();
  return config.substr(from, config.find('\n', from) - from);
}

}  // namespace

// Lines "name=value" of what decides the last bit of a result. Needs size bytes, zero included; says how many it took.
SWEEP_API int sweep_numerics(char* buffer, int64_t size) {
  return sweep::guarded([&] {
    std::ostringstream text;
    text << "libtorch=" << TORCH_VERSION << '\n';
    text << "aten=" << configured("CPU capability usage: ", "unknown") << '\n';
    text << "openblas=" << blas() << '\n';
    text << "onednn=" << onednn() << '\n';
    text << "cuda=" << configured("CUDA Runtime ", "none") << '\n';
    text << "cudnn=" << configured("CuDNN ", "none") << '\n';
    text << "gemm=" << sweep::gemm_name() << '\n';
#if defined(__GLIBC__)
    text << "libm=glibc " << gnu_get_libc_version() << '\n';
#else
    text << "libm=unknown\n";
#endif
    text << "threads=" << at::get_num_threads() << '\n';
    const std::string all = text.str();
    TORCH_CHECK(static_cast<int64_t>(all.size()) < size, "the buffer is too small");
    std::memcpy(buffer, all.c_str(), all.size() + 1);
  });
}
