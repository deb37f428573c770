#pragma once
// What the files that apply update rules share: a step's memory, the scalars that all rules have, and the way over memory.
#include "optimizer.h"

#include <algorithm>
#include <cstring>

namespace sweep {

template <class Real>
StepBuffers<Real> Optimizer::memory() const {
  const auto at = [&](size_t i) { return i < buffers.size() ? buffers[i].data_ptr<Real>() : nullptr; };
  return {parameters.data_ptr<Real>(), gradients.data_ptr<Real>(), at(0), at(1), at(2), at(3), nullptr, parameters.numel()};
}

template <class Real>
StepScalars<Real> Optimizer::common_scalars(double rate, double gradient_scale) const {
  StepScalars<Real> s{};
  s.gradient_scale = static_cast<Real>(gradient_scale);
  s.clip_value = static_cast<Real>(options.clip_value);
  s.weight_decay = static_cast<Real>(options.weight_decay);
  s.l1 = static_cast<Real>(options.l1);
  s.weight_clip = static_cast<Real>(options.weight_clip);
  s.rate = static_cast<Real>(rate);
  s.epsilon = static_cast<Real>(options.epsilon);
  return s;
}

// Runs a loop over everything at once; or, when the change is to be known, block by block, so that the old values wait in
// the first-level cache instead of costing another way through memory.
template <class Real, class Loop>
void Optimizer::each_block(const StepBuffers<Real>& all, Loop&& loop) {
  if (!keeps_change) return loop(all);
  constexpr int64_t block = 2048;
  alignas(64) Real before[block];
  const auto from = [](Real* p, int64_t i) { return p ? p + i : nullptr; };
  for (int64_t i = 0; i < all.count; i += block) {
    const int64_t n = std::min(block, all.count - i);
    std::memcpy(before, all.parameters + i, n * sizeof(Real));
    loop(StepBuffers<Real>{all.parameters + i, all.gradients + i, from(all.first, i), from(all.second, i), from(all.third, i),
                           from(all.fourth, i), nullptr, n});
    subtract(before, all.parameters + i, n, change.data_ptr<Real>() + i);
  }
}

}  // namespace sweep
