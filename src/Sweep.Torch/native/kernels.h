#pragma once
// The vectorised loops of the training step. Rows are contiguous (row-major, stride = columns); nothing here allocates.
// Each exists for float and for bfloat memory.
#include "bfloat.h"

#include <cstdint>

namespace sweep {

enum class Activation : int32_t { None, Relu, Tanh, Sigmoid, Gelu };

enum class Loss : int32_t { CrossEntropy, MeanSquares };

struct LossSum {
  double loss = 0;
  int64_t correct = 0;
  int64_t top5 = 0;
  double absolute = 0;  // the distances of outputs to their targets, where these are numbers
};

// What a step does to the logits: the gradient is times scale; 0 says that none is wanted.
struct LossOptions {
  Loss kind;
  float smoothing;  // the share of the target that is spread over all classes
  float scale;
  bool top5;
};

// A key for every row of every layer at every step: the same mask whatever the batch is cut into.
struct DropoutKey {
  uint64_t layer;  // mixed from seed, step and layer
  int64_t row;     // the first row's number in its batch
  uint32_t threshold;
  float scale;
};

DropoutKey dropout_key(uint64_t seed, int64_t step, int64_t layer, int64_t row, double probability);

// The loss, and in place its gradient (or nothing of use if scale is 0).
void loss(float* logits, const int32_t* labels, const int32_t* index, int64_t rows, int64_t classes, const LossOptions& options, LossSum& sum);

// The squared distance to a number, for networks of one output; the gradient as above.
void distance_loss(float* outputs, const float* targets, const int32_t* index, int64_t rows, float scale, LossSum& sum);

// Wider images are not moved.
constexpr int64_t MostMovedColumns = 4096;

// How images are moved while a network is trained on them: a function of key (of trial and epoch) and row number alone.
struct Augmentation {
  int64_t channels, height, width;  // of a row, channel by channel
  int64_t shift;                    // at most so many places up, down, left or right; what comes in is raw 0
  int64_t flip;                     // 1: mirrored, left and right, one time in two
  uint64_t key;
};

#define SWEEP_KERNELS(T)                                                                                                                     \
  /* out[i, j] = data[index[i], j] * scale + shift */                                                                                        \
  void gather_rows(const uint8_t* data, const int32_t* index, int64_t rows, int64_t columns, float scale, float shift, T* out);              \
  void gather_rows(const float* data, const int32_t* index, int64_t rows, int64_t columns, float scale, float shift, T* out);                \
  void gather_moved(const uint8_t* data, const int32_t* index, int64_t rows, const Augmentation& how, float scale, float shift, T* out);     \
  void gather_moved(const float* data, const int32_t* index, int64_t rows, const Augmentation& how, float scale, float shift, T* out);       \
  /* A one-hot vector for each of a window's places, from index[i] on. */                                                                     \
  void gather_window(const int32_t* data, const int32_t* index, int64_t rows, int64_t places, int64_t symbols, T* out);                      \
  /* Adds the bias (which may be null) to z and writes f(z) to a; both may be the same memory unless f needs z again (gelu). */              \
  void forward_activation(Activation f, T* z, const float* bias, int64_t rows, int64_t columns, T* a);                                       \
  /* delta, the gradient at a, becomes the gradient at z. Its column sums are added to bias_gradient unless that is null. */                 \
  void backward_activation(Activation f, const T* z, const T* a, int64_t rows, int64_t columns, T* delta, float* bias_gradient);             \
  /* Sets what a mask drops to 0 and multiplies the rest; elements are numbered channel by channel, memory is position by position. */       \
  void dropout(const DropoutKey& key, const T* x, int64_t rows, int64_t positions, int64_t channels, T* out);                                \
  /* The largest of each window (side by side, what does not fill one is left out), and which of its positions that was. */                  \
  void pool_forward(const T* x, int64_t rows, int64_t height, int64_t width, int64_t channels, int64_t window, bool relu, T* out, uint8_t* from); \
  void pool_backward(const T* delta, const T* out, const uint8_t* from, int64_t rows, int64_t height, int64_t width, int64_t channels,       \
                     int64_t window, bool relu, T* dx);                                                                                      \
  /* [rows, a, b] becomes [rows, b, a]. */                                                                                                   \
  void swap_axes(const T* x, int64_t rows, int64_t a, int64_t b, T* out);                                                                    \
  /* Batch normalisation of columns: out = (x - mean) * inverse * gamma + beta. */                                                           \
  void column_moments(const T* x, int64_t rows, int64_t columns, float* mean, float* variance);                                              \
  void normalise(const T* x, int64_t rows, int64_t columns, const float* mean, const float* inverse, const float* gamma, const float* beta, T* out); \
  /* delta becomes the gradient at x; the gradients of gamma and beta are added up. scratch has room for two rows. */                        \
  void normalise_backward(const T* x, int64_t rows, int64_t columns, const float* mean, const float* inverse, const float* gamma, T* delta,  \
                          float* gamma_gradient, float* beta_gradient, float* scratch);

SWEEP_KERNELS(float)
SWEEP_KERNELS(bfloat)
#undef SWEEP_KERNELS

// The sum of squares, in an order of its own that depends on the length alone.
double sum_of_squares(const float* x, int64_t n);
double sum_of_squares(const double* x, int64_t n);

// average = decay * average + (1 - decay) * x
void average_into(float* average, const float* x, int64_t n, float decay);

// Scales each row whose norm is above the limit down to it.
void clip_rows(float* x, int64_t rows, int64_t columns, double limit);

}  // namespace sweep
