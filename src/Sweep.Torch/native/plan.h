#pragma once
#include "kernels.h"
#include "source.h"

#include <vector>

namespace sweep {

// A chain of fully connected layers with softmax cross-entropy at its end, its training step written out: buffers are
// allocated once, bias and activation are one pass, the first layer's input gradient is never computed.
class Plan {
 public:
  struct Layer {
    at::Tensor weight, bias;  // [out, in], [out] or undefined; their gradients are written, not added to
    Activation activation;
    int64_t inputs = 0, outputs = 0;
    at::Tensor before, after, delta;  // z, f(z) and the gradient at them, [chunk, outputs]
  };

  Plan(Source source, std::vector<Layer> layers, int64_t chunk);

  // The gradient of the mean loss over the rows, and the losses' sum.
  void gradient(const int32_t* index, int64_t count, LossSum& sum);
  void evaluate(const int32_t* index, int64_t count, LossSum& sum);

 private:
  void forward(const int32_t* index, int64_t rows);
  void backward(int64_t rows, bool first);

  Source source_;
  std::vector<Layer> layers_;
  int64_t chunk_;
  at::Tensor input_;
};

}  // namespace sweep
