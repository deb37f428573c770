#include "source.h"

#include "api.h"
#include "kernels.h"

namespace sweep {

void Source::check(const int32_t* index, int64_t count) const {
  const auto limit = static_cast<uint32_t>(rows());
  bool inside = true;
  for (int64_t i = 0; i < count; i++) inside &= static_cast<uint32_t>(index[i]) < limit;
  TORCH_CHECK_INDEX(inside, "a row outside the data set's ", rows(), " rows was asked for");
}

void Source::check(const Augmentation& how) const {
  TORCH_CHECK(window == 0 && how.channels * how.height * how.width == features(), "a row has ", window == 0 ? features() : 0, " features, which are no image of ",
              how.channels, " by ", how.height, " by ", how.width);
  TORCH_CHECK(how.width <= MostMovedColumns, "images of more than ", MostMovedColumns, " columns are not moved");
  TORCH_CHECK(how.shift >= 0 && how.shift < how.height && how.shift < how.width, "a shift by ", how.shift, " moves an image of ", how.height, " by ", how.width,
              " out of sight");
}

template <class T>
static void gather_any(const Source& source, const int32_t* index, int64_t count, T* out, const Augmentation* how) {
  const auto& data = source.data;
  if (source.window > 0) gather_window(data.data_ptr<int32_t>(), index, count, source.window, source.classes, out);
  else if (how != nullptr && data.scalar_type() == at::kByte) gather_moved(data.data_ptr<uint8_t>(), index, count, *how, source.scale, source.shift, out);
  else if (how != nullptr) gather_moved(data.data_ptr<float>(), index, count, *how, source.scale, source.shift, out);
  else if (data.scalar_type() == at::kByte) gather_rows(data.data_ptr<uint8_t>(), index, count, source.features(), source.scale, source.shift, out);
  else gather_rows(data.data_ptr<float>(), index, count, source.features(), source.scale, source.shift, out);
}

void Source::gather(const int32_t* index, int64_t count, float* out, const Augmentation* how) const { gather_any(*this, index, count, out, how); }

void Source::gather(const int32_t* index, int64_t count, bfloat* out, const Augmentation* how) const { gather_any(*this, index, count, out, how); }

}  // namespace sweep

using sweep::Source;

static void check_rows(const at::Tensor& data, const at::Tensor& wanted) {
  TORCH_CHECK(data.dim() == 2 && data.is_contiguous(), "data must be contiguous and two-dimensional: rows by features");
  TORCH_CHECK(data.scalar_type() == at::kByte || data.scalar_type() == at::kFloat, "data must be uint8 or float32");
  TORCH_CHECK(wanted.dim() == 1 && wanted.size(0) == data.size(0), "there are ", data.size(0), " rows but ", wanted.numel(), " labels");
  TORCH_CHECK(data.size(0) > 0 && data.size(0) <= INT32_MAX, "a data set has from 1 to 2^31 - 1 rows");
}

SWEEP_API int sweep_source_create(at::Tensor* data, at::Tensor* labels, int64_t classes, double scale, double shift, Source** result) {
  return sweep::guarded([&] {
    check_rows(*data, *labels);
    auto whole = labels->detach().to(at::kInt).contiguous();
    const int64_t low = whole.min().item().toLong(), high = whole.max().item().toLong();
    TORCH_CHECK(low >= 0 && high < classes, "labels reach from ", low, " to ", high, " but there are ", classes, " classes");
    *result = new Source{data->detach(), whole, classes, static_cast<float>(scale), static_cast<float>(shift)};
  });
}

// Rows with a number each, which a network of one output predicts.
SWEEP_API int sweep_source_create_targets(at::Tensor* data, at::Tensor* targets, double scale, double shift, Source** result) {
  return sweep::guarded([&] {
    check_rows(*data, *targets);
    auto numbers = targets->detach().to(at::kFloat).contiguous();
    TORCH_CHECK(numbers.isfinite().all().item().toBool(), "a target is not finite");
    *result = new Source{data->detach(), at::Tensor(), 1, static_cast<float>(scale), static_cast<float>(shift), numbers};
  });
}

// Row r is the window of symbols from r on; its label is the symbol after them.
SWEEP_API int sweep_source_create_windows(at::Tensor* symbols, int64_t window, int64_t classes, Source** result) {
  return sweep::guarded([&] {
    TORCH_CHECK(symbols->dim() == 1 && symbols->scalar_type() == at::kInt && symbols->is_contiguous(), "symbols must be int32, contiguous and one-dimensional");
    TORCH_CHECK(window > 0 && symbols->size(0) > window && symbols->size(0) <= INT32_MAX, symbols->size(0), " symbols have no window of ", window, " with one after it");
    const int64_t low = symbols->min().item().toLong(), high = symbols->max().item().toLong();
    TORCH_CHECK(low >= 0 && high < classes, "symbols reach from ", low, " to ", high, " but there are ", classes);
    auto data = symbols->detach();
    *result = new Source{data, data.narrow(0, window, data.size(0) - window), classes, 1, 0, {}, window};
  });
}

SWEEP_API void sweep_source_free(Source* source) { delete source; }

// The rows as a network sees them, float32 [count, features], moved unless how is null; labels as int64, or targets as float32.
SWEEP_API int sweep_source_batch(Source* source, const int32_t* index, int64_t count, const sweep::Augmentation* how, at::Tensor** data, at::Tensor** labels) {
  return sweep::guarded([&] {
    source->check(index, count);
    if (how != nullptr) source->check(*how);
    auto batch = at::empty({count, source->features()}, at::kFloat);
    source->gather(index, count, batch.data_ptr<float>(), how);
    auto wanted = at::empty({count}, source->has_targets() ? at::kFloat : at::kLong);
    for (int64_t i = 0; i < count; i++) {
      if (source->has_targets()) wanted.data_ptr<float>()[i] = source->targets.data_ptr<float>()[index[i]];
      else wanted.data_ptr<int64_t>()[i] = source->labels.data_ptr<int32_t>()[index[i]];
    }
    *data = sweep::own(std::move(batch));
    *labels = sweep::own(std::move(wanted));
  });
}
