#pragma once
// What every exported function is made of. A function returns 0, or 1 with its message in the calling thread's error slot;
// no exception leaves the library.
#include <ATen/ATen.h>

#include <cstdint>
#include <exception>
#include <utility>

#define SWEEP_API extern "C" __attribute__((visibility("default")))

namespace sweep {

void set_error(const char* message) noexcept;

template <class Body>
int guarded(Body&& body) noexcept {
  try {
    std::forward<Body>(body)();
    return 0;
  } catch (const c10::Error& error) {
    set_error(error.what_without_backtrace());
  } catch (const std::exception& error) {
    set_error(error.what());
  } catch (...) {
    set_error("an exception of unknown type was thrown inside libtorch");
  }
  return 1;
}

// The caller owns the handle and frees it with sweep_tensor_free.
inline at::Tensor* own(at::Tensor tensor) { return new at::Tensor(std::move(tensor)); }

}  // namespace sweep
