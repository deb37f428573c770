#pragma once
// SWEEP_HOT compiles a kernel once per instruction set and picks one when the library loads; other compilers and
// processors get one version. SWEEP_INLINE is for what a kernel calls: it must be compiled as part of each version.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define SWEEP_HOT __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SWEEP_HOT
#endif
#define SWEEP_INLINE inline __attribute__((always_inline))
