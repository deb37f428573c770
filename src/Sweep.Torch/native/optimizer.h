#pragma once
#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

namespace sweep {

// The order is that of OptimizerKind on the C# side.
enum class OptimizerKind : int32_t { Sgd, Adagrad, RmsProp, Adam, AdamW, Adadelta, Adamax, NAdam, RAdam, Lion };

// Laid out as OptimizerOptions on the C# side. A setting that the kind lacks is ignored.
struct OptimizerOptions {
  double momentum, dampening, nesterov;
  double beta1, beta2, epsilon, amsgrad;
  double alpha, centered;
  double rho, lr_decay, initial_accumulator, momentum_decay;
  double weight_decay, l1;
  double clip_norm, clip_value, weight_clip;  // infinity: off
};

// What one step's loop reads: the scalars are computed once a step in double.
template <class Real>
struct StepScalars {
  Real gradient_scale, clip_value, weight_decay, l1, weight_clip;
  Real rate, decay1, one_minus1, decay2, one_minus2, epsilon, correction, second;
};

template <class Real>
struct StepBuffers {
  Real* parameters;
  const Real* gradients;
  Real *first, *second, *third;
  int64_t count;
};

struct Optimizer {
  OptimizerKind kind;
  OptimizerOptions options;
  bool velocity;  // keeps one, even when a schedule sets its momentum to 0 for a while
  at::Tensor parameters, gradients;
  std::vector<at::Tensor> buffers;
  int64_t steps = 0;
  double momentum_product = 1;  // NAdam's product of the momentum schedule

  Optimizer(OptimizerKind kind, const OptimizerOptions& options, at::Tensor parameters, at::Tensor gradients);
  void step(double rate, double* gradient_norm);
  void set_momentum(double momentum);

 private:
  template <class Real>
  void apply(double rate, double gradient_scale);
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
  void step_lion(const StepBuffers<REAL>&, const StepScalars<REAL>&);

SWEEP_STEP_LOOPS(float)
SWEEP_STEP_LOOPS(double)
#undef SWEEP_STEP_LOOPS

}  // namespace sweep
