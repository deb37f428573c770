#pragma once
#include "layer.h"
#include "source.h"

#include <vector>

namespace sweep {

// Laid out as on the C# side, as are the kinds.
enum class LayerKind : int32_t { Dense, Convolution, Pool, Flatten, Dropout, Norm };

struct LayerSpec {
  LayerKind kind;
  Activation activation;
  int64_t size;      // window of a pool, padding of a convolution, number of a dropout
  double value;      // probability of a dropout, momentum of a normalisation
  double epsilon;
  at::Tensor *weight, *bias, *mean, *variance;  // or null
};

struct PlanOptions {
  int64_t height, width, channels;  // of a row: 1, 1, features unless the first layers take images
  int64_t chunk;
  uint64_t seed;
  double smoothing;
  Loss loss;
  int32_t bfloat16;
};

// Seconds since the plan was made, for benchmarks.
struct PlanTimes {
  double data = 0, forward = 0, backward = 0;
};

// A chain of layers with a loss at its end, its training step written out: buffers are allocated once, bias and activation
// are one pass, the first layer's input gradient is never computed.
class Plan {
 public:
  Plan(Source source, const LayerSpec* layers, int32_t count, const PlanOptions& options);

  // The gradient of the mean loss over the rows, and the losses' sum.
  void gradient(const int32_t* index, int64_t count, int64_t step, const Augmentation* how, LossSum& sum);
  void evaluate(const int32_t* index, int64_t count, LossSum& sum);
  // Running averages become the plain means over batches of the rows.
  void take_statistics(const int32_t* index, int64_t count, int64_t batch, const Augmentation* how);

  PlanTimes times;

 private:
  void forward(const int32_t* index, int64_t rows, const Pass& pass, const Augmentation* how = nullptr);
  void backward(int64_t rows, const Pass& pass);
  void measure(const int32_t* index, int64_t rows, float scale, bool top5, LossSum& sum);
  std::vector<Tile> tiles(int64_t rows) const;

  Source source_;
  PlanOptions options_;
  at::ScalarType type_;
  std::vector<std::unique_ptr<Layer>> layers_;
  size_t images_ = 0;  // how many layers, Flatten among them, work on a tile at a time
  std::vector<std::vector<at::Tensor>> inputs_;  // of each layer, for each tile
  at::Tensor input_, output_, logits_;
};

}  // namespace sweep
