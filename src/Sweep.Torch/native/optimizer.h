#pragma once
#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

namespace sweep {

// The order is that of OptimizerKind on the C# side.
enum class OptimizerKind : int32_t {
  Sgd, Adagrad, RmsProp, Adam, AdamW, Adadelta, Adamax, NAdam, RAdam, Lion,
  DAdaptSgd, DAdaptAdam, Prodigy, ScheduleFreeSgd, ScheduleFreeAdamW,
};

// Laid out as OptimizerOptions on the C# side. A setting that the kind lacks is ignored.
struct OptimizerOptions {
  double momentum, dampening, nesterov;
  double beta1, beta2, epsilon, amsgrad;
  double alpha, centered;
  double rho, lr_decay, initial_accumulator, momentum_decay;
  double weight_decay, l1;
  double clip_norm, clip_value, weight_clip;  // infinity: off
  double initial_estimate;                     // d0 of D-Adaptation and Prodigy
};

// What one step's loop reads: the scalars are computed once a step in double.
template <class Real>
struct StepScalars {
  Real gradient_scale, clip_value, weight_decay, l1, weight_clip;
  Real rate, decay1, one_minus1, decay2, one_minus2, epsilon, correction, second, third;
};

template <class Real>
struct StepBuffers {
  Real* parameters;
  const Real* gradients;
  Real *first, *second, *third, *fourth;
  Real* change;  // where the loop is to leave what it took off each parameter; null for nowhere
  int64_t count;
};

// What a step adds up over all parameters, for the rules that estimate the distance to the solution.
struct StepSums {
  double numerator = 0, denominator = 0;
};

struct Optimizer {
  OptimizerKind kind;
  OptimizerOptions options;
  bool velocity;  // keeps one, even when a schedule sets its momentum to 0 for a while
  at::Tensor parameters, gradients;
  std::vector<at::Tensor> buffers;
  bool watched = false;         // by a schedule, at some time: then what follows is part of the state
  at::Tensor change;            // what the last step whose change was kept took off each parameter, times 1 / change_rate; not where a velocity is that
  bool keeps_change = false;    // whether the next step's is kept
  bool has_change = false;      // whether it is already: plain SGD's is known before the step
  double change_rate = 0;       // the rate of the step whose change is kept, or 1 where u itself is kept; 0 for none
  int64_t steps = 0;
  double momentum_product = 1;  // NAdam's product of the momentum schedule
  double estimate;              // d, the distance to the solution as far as is known
  double numerator = 0;         // the weighted inner products that d is estimated from
  double first_norm = 0;        // D-Adapt SGD: the norm of the first gradient
  double weight_sum = 0;        // Schedule-Free: the sum of squared rates
  bool averaged = false;        // Schedule-Free: the parameters are x, else y

  Optimizer(OptimizerKind kind, const OptimizerOptions& options, at::Tensor parameters, at::Tensor gradients);
  void step(double rate, double* gradient_norm);
  void set_momentum(double momentum);
  void watch_changes(bool on);
  // g.g and, compared, g.change and change.change too: in one pass, in an order that depends on the length alone. step_follows
  // promises that the next step takes this gradient: plain SGD's change is then kept in the same pass.
  void statistics(bool compared, bool step_follows, double* three);
  // Swaps the parameters between y, where gradients are taken, and x, the average; the other rules have but one point.
  void set_averaged(bool on);
  bool is_adaptive() const { return kind >= OptimizerKind::DAdaptSgd; }
  // The step divided by the rate is the velocity, or the gradient as it is.
  bool steps_by_velocity() const;
  bool steps_by_gradient() const;

 private:
  template <class Real>
  StepBuffers<Real> memory() const;
  template <class Real>
  StepScalars<Real> common_scalars(double rate, double gradient_scale) const;
  template <class Real, class Loop>
  void each_block(const StepBuffers<Real>& all, Loop&& loop);
  template <class Real>
  void apply(double rate, double gradient_scale);
  template <class Real>
  void apply_adaptive(double rate, double gradient_scale);
};

#define SWEEP_STEP_LOOPS(REAL)                                                                               \
  void step_sgd(const StepBuffers<REAL>&, const StepScalars<REAL>&);                                         \
  void step_momentum(const StepBuffers<REAL>&, const StepScalars<REAL>&, bool nesterov);                     \
  void step_adagrad(const StepBuffers<REAL>&, const StepScalars<REAL>&);                                     \
  void step_rmsprop(const StepBuffers<REAL>&, const StepScalars<REAL>&, bool centered, bool momentum);       \
  void step_adam(const StepBuffers<REAL>&, const StepScalars<REAL>&, bool amsgrad, bool decoupled);          \
  void step_adadelta(const StepBuffers<REAL>&, const StepScalars<REAL>&);                                    \
  void step_adamax(const StepBuffers<REAL>&, const StepScalars<REAL>&);                                      \
  void step_nadam(const StepBuffers<REAL>&, const StepScalars<REAL>&);                                       \
  void step_radam(const StepBuffers<REAL>&, const StepScalars<REAL>&, bool rectified);                       \
  void step_lion(const StepBuffers<REAL>&, const StepScalars<REAL>&);                                        \
  double adjusted_squares(const StepBuffers<REAL>&, const StepScalars<REAL>&);                               \
  StepSums step_dadapt_sgd(const StepBuffers<REAL>&, const StepScalars<REAL>&);                              \
  StepSums step_dadapt_adam(const StepBuffers<REAL>&, const StepScalars<REAL>&);                             \
  StepSums step_prodigy(const StepBuffers<REAL>&, const StepScalars<REAL>&);                                 \
  void step_schedule_free_sgd(const StepBuffers<REAL>&, const StepScalars<REAL>&);                           \
  void step_schedule_free_adamw(const StepBuffers<REAL>&, const StepScalars<REAL>&);                         \
  void subtract(const REAL* from, const REAL* what, int64_t n, REAL* result);                                \
  void inner_products(const REAL* x, REAL* y, int64_t n, bool keep, double* three);  // x.x, x.y, y.y; keep: then y becomes x

SWEEP_STEP_LOOPS(float)
SWEEP_STEP_LOOPS(double)
#undef SWEEP_STEP_LOOPS

}  // namespace sweep
