#include "api.h"
#include "optimizer.h"

#include <cstring>

// The optimizer as C# sees it, and its state as bytes.
using sweep::Optimizer;

SWEEP_API int sweep_optimizer_create(int32_t kind, const sweep::OptimizerOptions* options, at::Tensor* parameters, at::Tensor* gradients,
                                     Optimizer** result) {
  return sweep::guarded([&] { *result = new Optimizer(static_cast<sweep::OptimizerKind>(kind), *options, *parameters, *gradients); });
}

SWEEP_API void sweep_optimizer_free(Optimizer* optimizer) { delete optimizer; }

// gradient_norm (before clipping) is computed only if it is asked for or clipped by.
SWEEP_API int sweep_optimizer_step(Optimizer* optimizer, double rate, double* gradient_norm) {
  return sweep::guarded([&] { optimizer->step(rate, gradient_norm); });
}

SWEEP_API int sweep_optimizer_set_momentum(Optimizer* optimizer, double momentum) {
  return sweep::guarded([&] { optimizer->set_momentum(momentum); });
}

// From the next step on, the change of each parameter is kept for sweep_optimizer_statistics, or is not any more.
SWEEP_API int sweep_optimizer_watch(Optimizer* optimizer, int32_t on) {
  return sweep::guarded([&] { optimizer->watch_changes(on != 0); });
}

// Of the gradient g as it is now and the change kept last: g.g, g.change, change.change, and the rate of that step.
// Unless they are to be compared, and changes were ever kept, only the first is computed.
SWEEP_API int sweep_optimizer_statistics(Optimizer* optimizer, int32_t compared, int32_t step_follows, double* four) {
  return sweep::guarded([&] {
    optimizer->statistics(compared != 0, step_follows != 0, four);
    four[3] = optimizer->change_rate;
  });
}

SWEEP_API int sweep_optimizer_set_averaged(Optimizer* optimizer, int32_t on) {
  return sweep::guarded([&] { optimizer->set_averaged(on != 0); });
}

SWEEP_API int sweep_optimizer_estimate(Optimizer* optimizer, double* result) {
  return sweep::guarded([&] { *result = optimizer->estimate; });
}

namespace {

// The state is the step count and the scalars that the kind has, then its buffers, then the change where it is watched.
template <class Visit>
void visit_state(Optimizer& o, Visit&& visit) {
  visit(&o.steps, 8);
  visit(&o.momentum_product, 8);
  if (o.is_adaptive())
    for (double* scalar : {&o.estimate, &o.numerator, &o.first_norm, &o.weight_sum}) visit(scalar, 8);
  for (auto& buffer : o.buffers) visit(buffer.data_ptr(), buffer.nbytes());
  if (o.watched) visit(&o.change_rate, 8);
  if (o.change.defined()) visit(o.change.data_ptr(), o.change.nbytes());
}

int64_t state_size(Optimizer& o) {
  int64_t bytes = 0;
  visit_state(o, [&](void*, size_t size) { bytes += static_cast<int64_t>(size); });
  return bytes;
}

}  // namespace

SWEEP_API int sweep_optimizer_state_size(Optimizer* optimizer, int64_t* bytes) {
  return sweep::guarded([&] { *bytes = state_size(*optimizer); });
}

SWEEP_API int sweep_optimizer_save(Optimizer* optimizer, uint8_t* bytes) {
  return sweep::guarded([&] {
    TORCH_CHECK(!optimizer->averaged, "an optimizer is saved with its parameters where gradients are taken, not at the average");
    visit_state(*optimizer, [&](void* part, size_t size) {
      std::memcpy(bytes, part, size);
      bytes += size;
    });
  });
}

SWEEP_API int sweep_optimizer_load(Optimizer* optimizer, const uint8_t* bytes, int64_t count) {
  return sweep::guarded([&] {
    const int64_t expected = state_size(*optimizer);
    TORCH_CHECK(count == expected, "the optimizer's state has ", expected, " bytes, the saved one ", count);
    visit_state(*optimizer, [&](void* part, size_t size) {
      std::memcpy(part, bytes, size);
      bytes += size;
    });
  });
}
