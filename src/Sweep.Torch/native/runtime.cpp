#include "api.h"

#include <ATen/Parallel.h>
#include <malloc.h>

// Called once, before any other function: one thread within an operation, and large blocks that stay with the process.
SWEEP_API int sweep_initialize() {
  return sweep::guarded([] {
    at::set_num_threads(1);
#if defined(__GLIBC__)
    // By default glibc gives large blocks back when they are freed and faults them in again at the next step.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 128 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
#endif
  });
}

SWEEP_API int sweep_set_num_threads(int32_t count) {
  return sweep::guarded([&] { at::set_num_threads(count); });
}

SWEEP_API int sweep_get_num_threads(int32_t* count) {
  return sweep::guarded([&] { *count = at::get_num_threads(); });
}
