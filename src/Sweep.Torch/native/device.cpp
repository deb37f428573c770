#include "api.h"

#include <c10/core/impl/DeviceGuardImplInterface.h>

#include <cstring>
#include <string>

using at::Tensor;
using sweep::guarded;
using sweep::own;

namespace {

bool has_cuda() { return c10::impl::hasDeviceGuardImpl(c10::DeviceType::CUDA); }

}  // namespace

// -1: this libtorch was built without CUDA. Otherwise the devices that it can use, perhaps none.
SWEEP_API int sweep_cuda_devices(int32_t* count) {
  return guarded([&] { *count = has_cuda() ? static_cast<int32_t>(c10::impl::getDeviceGuardImpl(c10::DeviceType::CUDA)->deviceCount()) : -1; });
}

SWEEP_API int sweep_has_onednn(bool* has) {
  return guarded([&] { *has = at::globalContext().hasMKLDNN(); });
}

// Where the other tensor is; the tensor itself if it is there already. Autograd follows.
SWEEP_API int sweep_tensor_to_device_of(Tensor* tensor, Tensor* other, Tensor** result) {
  return guarded([&] { *result = own(tensor->to(other->device())); });
}

SWEEP_API int sweep_tensor_to_device(Tensor* tensor, const char* device, Tensor** result) {
  return guarded([&] { *result = own(tensor->to(at::Device(device))); });
}

// The tensor's elements move; whoever holds the tensor holds it still.
SWEEP_API int sweep_tensor_move(Tensor* tensor, const char* device) {
  return guarded([&] {
    c10::NoGradGuard no_grad;
    tensor->set_data(tensor->detach().to(at::Device(device)));
  });
}

// A copy of flat parameters on a device, and room for their gradients; each tensor becomes a view of its part there.
SWEEP_API int sweep_mirror_parameters(Tensor** parameters, int32_t count, const int64_t* offsets, Tensor* flat, const char* device, Tensor** values,
                                      Tensor** gradients) {
  return guarded([&] {
    c10::NoGradGuard no_grad;
    const at::Device place(device);
    if (place.is_cuda()) {
      // The same bits each time, as far as CUDA's kernels can: the few that cannot only warn.
      at::globalContext().setDeterministicCuDNN(true);
      at::globalContext().setBenchmarkCuDNN(false);
      at::globalContext().setDeterministicAlgorithms(true, true);
    }
    auto there = flat->detach().to(place, flat->scalar_type(), false, true);
    auto room = at::zeros_like(there);
    for (int32_t i = 0; i < count; i++) {
      auto& parameter = *parameters[i];
      const auto sizes = parameter.sizes().vec();
      const auto size = parameter.numel();
      parameter.set_data(there.narrow(0, offsets[i], size).view(sizes));
      parameter.mutable_grad() = room.narrow(0, offsets[i], size).view(sizes);
    }
    *values = own(std::move(there));
    *gradients = own(std::move(room));
  });
}
