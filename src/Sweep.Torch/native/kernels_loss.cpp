#include "kernels.h"
#include "vector_math.h"

namespace sweep {

// Where the label stands among the logits: 0 is the largest, and of equal ones the lower class comes first.
SWEEP_INLINE int64_t place(const float* row, int64_t classes, int32_t label) {
  int64_t above = 0;
  for (int64_t j = 0; j < classes; j++) above += row[j] > row[label] || (row[j] == row[label] && j < label);
  return above;
}

// Three passes over a block small enough for the first cache: shift each row by its largest, exponentiate all, normalise.
SWEEP_HOT void cross_entropy(float* logits, const int32_t* labels, const int32_t* index, int64_t rows, int64_t classes, const LossOptions& options,
                             LossSum& sum) {
  double loss = 0;
  int64_t correct = 0;
  const float share = options.smoothing / static_cast<float>(classes);
  const float scale = options.scale;
  for (int64_t i = 0; i < rows; i++) {
    float* row = logits + i * classes;
    float largest = row[0];
    int64_t best = 0;
    for (int64_t j = 1; j < classes; j++) {
      if (row[j] > largest) {
        largest = row[j];
        best = j;
      }
    }
    const int32_t label = labels[index[i]];
    correct += best == label;
    if (options.top5) sum.top5 += place(row, classes, label) < 5;
    for (int64_t j = 0; j < classes; j++) row[j] -= largest;
    if (share == 0.0f) {
      loss -= row[label];
    } else {
      double all = 0;
      for (int64_t j = 0; j < classes; j++) all += row[j];
      loss -= (1.0 - options.smoothing) * row[label] + share * all;
    }
  }
  const int64_t count = rows * classes;
  for (int64_t k = 0; k < count; k++) logits[k] = exp_vector(logits[k]);
  for (int64_t i = 0; i < rows; i++) {
    float* row = logits + i * classes;
    float total = 0;
    for (int64_t j = 0; j < classes; j++) total += row[j];
    loss += std::log(static_cast<double>(total));
    const float factor = scale / total;
    const float spread = scale * share;
    for (int64_t j = 0; j < classes; j++) row[j] = row[j] * factor - spread;
    row[labels[index[i]]] -= scale * (1.0f - options.smoothing);
  }
  sum.loss += loss;
  sum.correct += correct;
}

// The mean over the classes of the squared distance to the one-hot (perhaps smoothed) target.
SWEEP_HOT void mean_squares(float* logits, const int32_t* labels, const int32_t* index, int64_t rows, int64_t classes, const LossOptions& options,
                            LossSum& sum) {
  const float share = options.smoothing / static_cast<float>(classes);
  const float factor = 2.0f * options.scale / static_cast<float>(classes);
  for (int64_t i = 0; i < rows; i++) {
    float* row = logits + i * classes;
    const int32_t label = labels[index[i]];
    const int64_t above = place(row, classes, label);
    sum.correct += above == 0;
    if (options.top5) sum.top5 += above < 5;
    double total = 0;
    for (int64_t j = 0; j < classes; j++) {
      const float distance = row[j] - share - (j == label ? 1.0f - options.smoothing : 0.0f);
      total += static_cast<double>(distance) * distance;
      row[j] = factor * distance;
    }
    sum.loss += total / static_cast<double>(classes);
  }
}

SWEEP_HOT void distance_loss(float* outputs, const float* targets, const int32_t* index, int64_t rows, float scale, LossSum& sum) {
  for (int64_t i = 0; i < rows; i++) {
    const double distance = static_cast<double>(outputs[i]) - static_cast<double>(targets[index[i]]);
    sum.loss += distance * distance;
    sum.absolute += distance < 0 ? -distance : distance;
    outputs[i] = static_cast<float>(2.0 * static_cast<double>(scale) * distance);
  }
}

void loss(float* logits, const int32_t* labels, const int32_t* index, int64_t rows, int64_t classes, const LossOptions& options, LossSum& sum) {
  (options.kind == Loss::CrossEntropy ? cross_entropy : mean_squares)(logits, labels, index, rows, classes, options, sum);
}

template <class Real>
SWEEP_INLINE double squares(const Real* x, int64_t n) {
  constexpr int lanes = 16;
  double partial[lanes] = {};
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes)
    for (int k = 0; k < lanes; k++) partial[k] += static_cast<double>(x[i + k]) * static_cast<double>(x[i + k]);
  double total = 0;
  for (int k = 0; k < lanes; k++) total += partial[k];
  for (; i < n; i++) total += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  return total;
}

SWEEP_HOT double squares_float(const float* x, int64_t n) { return squares(x, n); }
SWEEP_HOT double squares_double(const double* x, int64_t n) { return squares(x, n); }

double sum_of_squares(const float* x, int64_t n) { return squares_float(x, n); }
double sum_of_squares(const double* x, int64_t n) { return squares_double(x, n); }

}  // namespace sweep
