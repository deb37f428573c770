#include "api.h"

#include <string>

namespace sweep {

static thread_local std::string last_error;

void set_error(const char* message) noexcept {
  try {
    last_error = message;
  } catch (...) {
    last_error.clear();
  }
}

}  // namespace sweep

// The message of this thread's last failure, valid until its next one.
SWEEP_API const char* sweep_last_error() { return sweep::last_error.c_str(); }
