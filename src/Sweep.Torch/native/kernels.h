#pragma once
// The vectorised loops of the training step. Rows are contiguous (row-major, stride = columns); nothing here allocates.
#include <cstdint>

namespace sweep {

enum class Activation : int32_t { None, Relu, Tanh, Sigmoid, Gelu };

// out[i, j] = data[index[i], j] * scale + shift
void gather_rows(const uint8_t* data, const int32_t* index, int64_t rows, int64_t columns, float scale, float shift, float* out);
void gather_rows(const float* data, const int32_t* index, int64_t rows, int64_t columns, float scale, float shift, float* out);

// Adds the bias (which may be null) to z and writes f(z) to a; both may be the same memory unless f needs z again (gelu).
void forward_activation(Activation f, float* z, const float* bias, int64_t rows, int64_t columns, float* a);

// delta, the gradient at a, becomes the gradient at z. Its column sums are added to bias_gradient unless that is null.
void backward_activation(Activation f, const float* z, const float* a, int64_t rows, int64_t columns, float* delta, float* bias_gradient);

struct LossSum {
  double loss = 0;
  int64_t correct = 0;
};

// Softmax cross-entropy of logits, in place: they become the gradient times scale (or are spoilt if scale is 0).
void cross_entropy(float* logits, const int32_t* labels, const int32_t* index, int64_t rows, int64_t classes, float scale, LossSum& sum);

// The sum of squares, in an order of its own that depends on the length alone.
double sum_of_squares(const float* x, int64_t n);
double sum_of_squares(const double* x, int64_t n);

}  // namespace sweep
