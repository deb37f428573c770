#include "api.h"

#include <ATen/CPUGeneratorImpl.h>

// A generator of its own: the default one is global to the process and no trial may touch it.
SWEEP_API int sweep_generator_create(uint64_t seed, at::Generator** result) {
  return sweep::guarded([&] { *result = new at::Generator(at::detail::createCPUGenerator(seed)); });
}

SWEEP_API void sweep_generator_free(at::Generator* generator) { delete generator; }

SWEEP_API int sweep_generator_manual_seed(at::Generator* generator, uint64_t seed) {
  return sweep::guarded([&] { generator->set_current_seed(seed); });
}

SWEEP_API int sweep_generator_initial_seed(at::Generator* generator, uint64_t* seed) {
  return sweep::guarded([&] { *seed = generator->current_seed(); });
}

SWEEP_API int sweep_generator_get_state(at::Generator* generator, at::Tensor** result) {
  return sweep::guarded([&] { *result = sweep::own(generator->get_state()); });
}

SWEEP_API int sweep_generator_set_state(at::Generator* generator, at::Tensor* state) {
  return sweep::guarded([&] { generator->set_state(*state); });
}
