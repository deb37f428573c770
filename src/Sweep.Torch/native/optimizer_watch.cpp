#include "kernels.h"
#include "optimizer.h"

#include <cmath>

// What a schedule that watches gradients is told: the gradient beside u, the optimizer's step divided by its rate.
namespace sweep {

bool Optimizer::steps_by_velocity() const {
  return kind == OptimizerKind::Sgd && velocity && options.nesterov == 0 && !std::isfinite(options.weight_clip);
}

bool Optimizer::steps_by_gradient() const {
  const auto& o = options;
  return kind == OptimizerKind::Sgd && !velocity && o.weight_decay == 0 && o.l1 == 0 && !std::isfinite(o.clip_norm) &&
         !std::isfinite(o.clip_value) && !std::isfinite(o.weight_clip);
}

void Optimizer::watch_changes(bool on) {
  keeps_change = on;
  if (!on || watched) return;
  watched = true;
  if (!steps_by_velocity()) change = at::zeros_like(parameters);
}

void Optimizer::statistics(bool compared, bool step_follows, double* three) {
  const int64_t n = gradients.numel();
  const bool real = gradients.scalar_type() == at::kFloat;
  if (!compared || !watched) {
    three[0] = real ? sum_of_squares(gradients.data_ptr<float>(), n) : sum_of_squares(gradients.data_ptr<double>(), n);
    three[1] = three[2] = 0;
    return;
  }
  has_change = step_follows && keeps_change && steps_by_gradient();
  const auto& last = change.defined() ? change : buffers[0];
  if (real) inner_products(gradients.data_ptr<float>(), last.data_ptr<float>(), n, has_change, three);
  else inner_products(gradients.data_ptr<double>(), last.data_ptr<double>(), n, has_change, three);
}

}  // namespace sweep
