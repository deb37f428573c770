#pragma once
#include "kernels.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <memory>

namespace sweep {

// What a layer gets and gives for each row: an image, its channels side by side in memory, or (1 by 1) a row of features.
struct Shape {
  int64_t height = 1, width = 1, channels = 0;

  int64_t positions() const { return height * width; }
  int64_t size() const { return positions() * channels; }
};

// Rows of the chunk that is in memory: all of them, or for layers on images a few at a time, which stay in the cache.
struct Tile {
  int64_t begin, rows;
  size_t number;
};

struct Pass {
  bool training;
  bool first;  // gradients are written, not added to
  uint64_t seed;
  int64_t step;
  int64_t row;  // of the batch: where the chunk begins
  double share = 0;  // what the rows at hand count for in running averages; 0: what the layer says
};

// One layer of a plan. It owns its output and the gradient at its input; the first tile.rows rows of both count. A gradient
// that is handed down may be overwritten.
class Layer {
 public:
  Layer(Shape in, Shape out, at::ScalarType type) : in(in), out(out), type(type) {}
  virtual ~Layer() = default;

  const Shape in, out;
  const at::ScalarType type;  // of activations: float32 or bfloat16

  // Once before the tiles of a pass: takes the weights as they are now.
  virtual void begin(const Pass&) {}
  virtual const at::Tensor& forward(const at::Tensor& x, const Tile& tile, const Pass& pass) = 0;
  // The gradient at the input, or nothing of meaning unless it is wanted.
  virtual const at::Tensor& backward(const at::Tensor& x, const at::Tensor& delta, const Tile& tile, const Pass& pass, bool wanted) = 0;

 protected:
  at::Tensor rows_of(int64_t rows, const Shape& shape) const { return at::empty({rows, shape.size()}, type); }

  // body is called with the memory of each tensor as float* or bfloat*.
  template <class Body>
  void typed(Body&& body) const {
    if (type == at::kFloat) body(static_cast<float*>(nullptr));
    else body(static_cast<bfloat*>(nullptr));
  }

  template <class T>
  static T* memory(const at::Tensor& tensor) {
    return static_cast<T*>(tensor.data_ptr());
  }
};

// The parameters of a layer: what autograd would call leaves, with gradient buffers. bias may be undefined.
struct Weights {
  at::Tensor weight, bias;

  void check(const char* layer) const;
};

std::unique_ptr<Layer> dense_layer(Shape in, Weights weights, Activation activation, int64_t chunk, at::ScalarType type);
std::unique_ptr<Layer> convolution_layer(Shape in, Weights weights, Activation activation, int64_t padding, at::ScalarType type);
std::unique_ptr<Layer> pool_layer(Shape in, Activation activation, int64_t window, at::ScalarType type);
std::unique_ptr<Layer> flatten_layer(Shape in, int64_t chunk, at::ScalarType type);
std::unique_ptr<Layer> dropout_layer(Shape in, int64_t number, double probability, bool in_place, int64_t chunk, at::ScalarType type);
std::unique_ptr<Layer> norm_layer(Shape in, Weights weights, at::Tensor mean, at::Tensor variance, double momentum, double epsilon,
                                  Activation activation, int64_t chunk, at::ScalarType type);

}  // namespace sweep
