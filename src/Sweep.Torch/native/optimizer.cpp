#include "optimizer.h"

#include "api.h"
#include "kernels.h"
#include "optimizer_blocks.h"

#include <cmath>

// The forms are those of PyTorch 1.13 (torch/optim, foreach=False); Lion is Chen et al. 2023, algorithm 2.
namespace sweep {

static int buffer_count(OptimizerKind kind, const OptimizerOptions& o) {
  switch (kind) {
    case OptimizerKind::Sgd: return o.momentum != 0 ? 1 : 0;
    case OptimizerKind::Adagrad: case OptimizerKind::Lion: return 1;
    case OptimizerKind::RmsProp: return o.centered != 0 ? 3 : o.momentum != 0 ? 2 : 1;
    case OptimizerKind::Adam: case OptimizerKind::AdamW: return o.amsgrad != 0 ? 3 : 2;
    case OptimizerKind::DAdaptAdam: case OptimizerKind::ScheduleFreeAdamW: return 3;
    case OptimizerKind::Prodigy: return 4;
    default: return 2;
  }
}

Optimizer::Optimizer(OptimizerKind kind, const OptimizerOptions& options, at::Tensor parameters, at::Tensor gradients)
    : kind(kind), options(options), velocity(options.momentum != 0), parameters(std::move(parameters)), gradients(std::move(gradients)), estimate(options.initial_estimate) {
  TORCH_CHECK(kind >= OptimizerKind::Sgd && kind <= OptimizerKind::ScheduleFreeAdamW, "unknown optimizer");
  TORCH_CHECK(this->parameters.dim() == 1 && this->parameters.is_contiguous() && this->gradients.is_contiguous() &&
              this->parameters.sizes() == this->gradients.sizes() && this->parameters.scalar_type() == this->gradients.scalar_type(),
              "parameters and gradients must be flat, contiguous and alike");
  TORCH_CHECK(this->parameters.scalar_type() == at::kFloat || this->parameters.scalar_type() == at::kDouble,
              "parameters must be float32 or float64");
  for (int i = 0; i < buffer_count(kind, options); i++) buffers.push_back(at::zeros_like(this->parameters));
  if (kind == OptimizerKind::Adagrad) buffers[0].fill_(options.initial_accumulator);
}

template <class Real>
void Optimizer::apply(double rate, double gradient_scale) {
  const auto& o = options;
  const double t = static_cast<double>(steps);
  auto s = common_scalars<Real>(rate, gradient_scale);
  const auto averages = [&](double first, double second) {
    s.decay1 = static_cast<Real>(first);
    s.one_minus1 = static_cast<Real>(1 - first);
    s.decay2 = static_cast<Real>(second);
    s.one_minus2 = static_cast<Real>(1 - second);
  };
  averages(o.beta1, o.beta2);
  auto m = memory<Real>();
  if (keeps_change && !steps_by_velocity() && !steps_by_gradient()) m.change = change.data_ptr<Real>();
  const double correction1 = 1 - std::pow(o.beta1, t);
  const double correction2 = 1 - std::pow(o.beta2, t);

  switch (kind) {
    case OptimizerKind::Sgd:
      if (!velocity) return step_sgd(m, s);
      s.decay1 = static_cast<Real>(o.momentum);
      s.one_minus1 = static_cast<Real>(steps == 1 ? 1 : 1 - o.dampening);  // the first step copies the gradient
      s.decay2 = s.decay1;
      return step_momentum(m, s, o.nesterov != 0);
    case OptimizerKind::Adagrad:
      s.rate = static_cast<Real>(rate / (1 + (t - 1) * o.lr_decay));
      return step_adagrad(m, s);
    case OptimizerKind::RmsProp:
      averages(o.alpha, o.momentum);
      return step_rmsprop(m, s, o.centered != 0, velocity);
    case OptimizerKind::AdamW:
      s.weight_decay = static_cast<Real>(1 - rate * o.weight_decay);
      [[fallthrough]];
    case OptimizerKind::Adam:
      s.rate = static_cast<Real>(rate / correction1);
      s.correction = static_cast<Real>(1 / std::sqrt(correction2));
      return step_adam(m, s, o.amsgrad != 0, kind == OptimizerKind::AdamW);
    case OptimizerKind::Adadelta:
      averages(o.rho, o.rho);
      return step_adadelta(m, s);
    case OptimizerKind::Adamax:
      s.rate = static_cast<Real>(rate / correction1);
      return step_adamax(m, s);
    case OptimizerKind::NAdam: {
      const double mu = o.beta1 * (1 - 0.5 * std::pow(0.96, t * o.momentum_decay));
      const double mu_next = o.beta1 * (1 - 0.5 * std::pow(0.96, (t + 1) * o.momentum_decay));
      momentum_product *= mu;
      s.rate = static_cast<Real>(rate * (1 - mu) / (1 - momentum_product));
      s.second = static_cast<Real>(rate * mu_next / (1 - momentum_product * mu_next));
      s.correction = static_cast<Real>(1 / correction2);
      return step_nadam(m, s);
    }
    case OptimizerKind::RAdam: {
      const double limit = 2 / (1 - o.beta2) - 1;
      const double length = limit - 2 * t * std::pow(o.beta2, t) / correction2;
      const bool rectified = length > 5;
      const double factor = rectified ? std::sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length)) * std::sqrt(correction2) : 1;
      s.rate = static_cast<Real>(rate / correction1 * factor);
      return step_radam(m, s, rectified);
    }
    case OptimizerKind::Lion:
      s.weight_decay = static_cast<Real>(1 - rate * o.weight_decay);
      return step_lion(m, s);
    default:
      return apply_adaptive<Real>(rate, gradient_scale);
  }
}

// As PyTorch's cyclical schedules: the momentum where there is one, beta1 where there is that, nothing else.
void Optimizer::set_momentum(double momentum) {
  switch (kind) {
    case OptimizerKind::Sgd: case OptimizerKind::RmsProp:
      if (velocity) options.momentum = momentum;
      break;
    case OptimizerKind::Adagrad: case OptimizerKind::Adadelta: case OptimizerKind::DAdaptSgd:
      break;
    default:
      options.beta1 = momentum;
  }
}

void Optimizer::step(double rate, double* gradient_norm) {
  const bool real = parameters.scalar_type() == at::kFloat;
  double scale = 1;
  if (std::isfinite(options.clip_norm) || gradient_norm) {
    const int64_t n = gradients.numel();
    const double norm = std::sqrt(real ? sum_of_squares(gradients.data_ptr<float>(), n) : sum_of_squares(gradients.data_ptr<double>(), n));
    if (gradient_norm) *gradient_norm = norm;
    if (std::isfinite(options.clip_norm)) scale = std::min(1.0, options.clip_norm / (norm + 1e-6));
  }
  TORCH_CHECK(!averaged, "a step needs the parameters at y, not at the average");
  steps++;
  if (keeps_change) {
    const bool direct = steps_by_velocity() || steps_by_gradient();
    change_rate = direct && rate > 0 ? 1 : rate;
    if (steps_by_gradient() && !has_change) change.copy_(gradients);
  }
  has_change = false;
  if (real) apply<float>(rate, scale);
  else apply<double>(rate, scale);
}

}  // namespace sweep
