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

template <class T>
static void gather_any(const Source& source, const int32_t* index, int64_t count, T* out) {
  const auto& data = source.data;
  if (data.scalar_type() == at::kByte) gather_rows(data.data_ptr<uint8_t>(), index, count, source.features(), source.scale, source.shift, out);
  else gather_rows(data.data_ptr<float>(), index, count, source.features(), source.scale, source.shift, out);
}

void Source::gather(const int32_t* index, int64_t count, float* out) const { gather_any(*this, index, count, out); }

void Source::gather(const int32_t* index, int64_t count, bfloat* out) const { gather_any(*this, index, count, out); }

}  // namespace sweep

using sweep::Source;

SWEEP_API int sweep_source_create(at::Tensor* data, at::Tensor* labels, int64_t classes, double scale, double shift, Source** result) {
  return sweep::guarded([&] {
    TORCH_CHECK(data->dim() == 2 && data->is_contiguous(), "data must be contiguous and two-dimensional: rows by features");
    TORCH_CHECK(data->scalar_type() == at::kByte || data->scalar_type() == at::kFloat, "data must be uint8 or float32");
    TORCH_CHECK(labels->dim() == 1 && labels->size(0) == data->size(0), "there are ", data->size(0), " rows but ", labels->numel(), " labels");
    TORCH_CHECK(data->size(0) > 0 && data->size(0) <= INT32_MAX, "a data set has from 1 to 2^31 - 1 rows");
    auto whole = labels->detach().to(at::kInt).contiguous();
    const int64_t low = whole.min().item().toLong(), high = whole.max().item().toLong();
    TORCH_CHECK(low >= 0 && high < classes, "labels reach from ", low, " to ", high, " but there are ", classes, " classes");
    *result = new Source{data->detach(), whole, classes, static_cast<float>(scale), static_cast<float>(shift)};
  });
}

SWEEP_API void sweep_source_free(Source* source) { delete source; }

// The rows as a network sees them: float32 [count, features].
SWEEP_API int sweep_source_batch(Source* source, const int32_t* index, int64_t count, at::Tensor** data, at::Tensor** labels) {
  return sweep::guarded([&] {
    source->check(index, count);
    auto batch = at::empty({count, source->features()}, at::kFloat);
    source->gather(index, count, batch.data_ptr<float>());
    auto wanted = at::empty({count}, at::kLong);
    for (int64_t i = 0; i < count; i++) wanted.data_ptr<int64_t>()[i] = source->labels.data_ptr<int32_t>()[index[i]];
    *data = sweep::own(std::move(batch));
    *labels = sweep::own(std::move(wanted));
  });
}
