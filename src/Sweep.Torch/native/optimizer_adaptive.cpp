#include "kernels.h"
#include "optimizer.h"
#include "optimizer_blocks.h"

#include <cmath>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

// Rules that need no tuned rate or no schedule. Each is its paper's pseudo-code, with gamma the rate:
// D-Adaptation: Defazio & Mishchenko 2023, the algorithms "SGD with D-Adaptation" and "Adam with D-Adaptation".
// Prodigy: Mishchenko & Defazio 2023, the algorithm "Prodigy (Adam version)".
// Schedule-Free: Defazio et al. 2024, equations (3) to (5) with c = gamma^2 / sum gamma^2, and algorithm 1.
namespace sweep {

namespace {

// While d is small its square times a squared gradient is below what float32 holds without going slow: such a number is 0 here.
struct DenormalsAreZero {
#if defined(__SSE2__)
  const unsigned before = _mm_getcsr();
  DenormalsAreZero() { _mm_setcsr(before | 0x8040); }
  ~DenormalsAreZero() { _mm_setcsr(before); }
#endif
};

}  // namespace

template <class Real>
void Optimizer::apply_adaptive(double rate, double gradient_scale) {
  const DenormalsAreZero guard;
  const auto& o = options;
  const double t = static_cast<double>(steps);
  auto s = common_scalars<Real>(rate, gradient_scale);
  const auto all = memory<Real>();
  const auto averages = [&](double first, double second) {
    s.decay1 = static_cast<Real>(first);
    s.one_minus1 = static_cast<Real>(1 - first);
    s.decay2 = static_cast<Real>(second);
    s.one_minus2 = static_cast<Real>(1 - second);
  };
  StepSums sums;
  const auto summed = [&](auto&& loop) {
    each_block(all, [&](const auto& m) {
      const auto part = loop(m, s);
      sums.numerator += part.numerator;
      sums.denominator += part.denominator;
    });
  };
  const auto raise = [&](double found) {
    if (found > estimate && std::isfinite(found)) estimate = found;
  };
  const double root2 = std::sqrt(o.beta2);
  averages(o.beta1, o.beta2);

  switch (kind) {
    case OptimizerKind::DAdaptSgd: {
      if (steps == 1) buffers[1].copy_(parameters);
      if (first_norm == 0) first_norm = std::sqrt(adjusted_squares(all, s));
      const double lambda = first_norm > 0 ? estimate * rate / first_norm : 0;
      s.rate = static_cast<Real>(lambda);
      averages(o.momentum, 0);
      summed([](const auto& m, const auto& scalars) { return step_dadapt_sgd(m, scalars); });
      numerator += lambda * sums.numerator;
      if (sums.denominator > 0) raise(2 * numerator / std::sqrt(sums.denominator));
      return;
    }
    case OptimizerKind::DAdaptAdam: {
      const double step = estimate * rate;
      s.rate = static_cast<Real>(step);
      s.second = static_cast<Real>(root2);
      s.third = static_cast<Real>((1 - root2) * step);
      summed([](const auto& m, const auto& scalars) { return step_dadapt_adam(m, scalars); });
      numerator = root2 * numerator + (1 - root2) * step * sums.numerator;
      if (sums.denominator > 0) raise(numerator / ((1 - root2) * sums.denominator));
      return;
    }
    case OptimizerKind::Prodigy: {
      if (steps == 1) buffers[3].copy_(parameters);
      const double d = estimate;
      s.rate = static_cast<Real>(rate * d);
      s.one_minus1 = static_cast<Real>((1 - o.beta1) * d);
      s.one_minus2 = static_cast<Real>((1 - o.beta2) * d * d);
      s.second = static_cast<Real>(root2);
      // The paper's r and s over d0, which their quotient does not see: s itself would be too small for float32.
      const double weight = (1 - root2) * rate * d * (d / o.initial_estimate);
      s.third = static_cast<Real>(weight);
      s.epsilon = static_cast<Real>(d * o.epsilon);
      s.weight_decay = static_cast<Real>(1 - rate * d * o.weight_decay);
      summed([](const auto& m, const auto& scalars) { return step_prodigy(m, scalars); });
      numerator = root2 * numerator + weight * sums.numerator;
      if (sums.denominator > 0) raise(numerator / sums.denominator);
      return;
    }
    default: {
      if (steps == 1) {
        buffers[0].copy_(parameters);
        buffers[1].copy_(parameters);
      }
      weight_sum += rate * rate;
      const double share = weight_sum > 0 ? rate * rate / weight_sum : 0;
      s.second = static_cast<Real>(share);
      s.third = static_cast<Real>(1 - share);
      if (kind == OptimizerKind::ScheduleFreeSgd) {
        averages(o.momentum, 0);
        return each_block(all, [&](const auto& m) { step_schedule_free_sgd(m, s); });
      }
      s.correction = static_cast<Real>(1 / std::sqrt(1 - std::pow(o.beta2, t)));
      s.weight_decay = static_cast<Real>(rate * o.weight_decay);
      return each_block(all, [&](const auto& m) { step_schedule_free_adamw(m, s); });
    }
  }
}

template void Optimizer::apply_adaptive<float>(double, double);
template void Optimizer::apply_adaptive<double>(double, double);

void Optimizer::set_averaged(bool on) {
  if (kind < OptimizerKind::ScheduleFreeSgd || steps == 0 || on == averaged) return;
  const auto other = parameters.clone();
  parameters.copy_(buffers[1]);
  buffers[1].copy_(other);
  averaged = on;
}

}  // namespace sweep
