#include "kernels.h"
#include "vector_math.h"

namespace sweep {

// Three passes over a block small enough for the first cache: shift each row by its largest, exponentiate all, normalise.
SWEEP_HOT void cross_entropy(float* logits, const int32_t* labels, const int32_t* index, int64_t rows, int64_t classes, float scale, LossSum& sum) {
  double loss = 0;
  int64_t correct = 0;
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
    for (int64_t j = 0; j < classes; j++) row[j] -= largest;
    loss -= row[label];
  }
  const int64_t count = rows * classes;
  for (int64_t k = 0; k < count; k++) logits[k] = exp_vector(logits[k]);
  for (int64_t i = 0; i < rows; i++) {
    float* row = logits + i * classes;
    float total = 0;
    for (int64_t j = 0; j < classes; j++) total += row[j];
    loss += std::log(static_cast<double>(total));
    const float factor = scale / total;
    for (int64_t j = 0; j < classes; j++) row[j] *= factor;
    row[labels[index[i]]] -= scale;
  }
  sum.loss += loss;
  sum.correct += correct;
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
