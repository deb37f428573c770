#!/bin/sh
# Builds the shim: build.sh SOURCES BUILD. LIBTORCH=/path takes another libtorch than the system's.
set -eu
sources=$1
build=$2

# CMake remembers where it found libtorch: another one needs a fresh start.
if ! cmp -s "$build/libtorch.txt" "$build/libtorch.built"; then
  rm -rf "$build/CMakeCache.txt" "$build/CMakeFiles"
fi
if ! cmake -S "$sources" -B "$build" -DCMAKE_BUILD_TYPE=Release -DLIBTORCH="${LIBTORCH:-}" >"$build/configure.log" 2>&1; then
  cat "$build/configure.log"
  # As MSBuild knows errors, so that it shows the reason.
  sed -n 's/^ *\(.* holds .*libtorch.*\)$/libtorch : error SWEEP001: \1/p' "$build/configure.log" >&2
  exit 1
fi
cmake --build "$build" --parallel "$(getconf _NPROCESSORS_ONLN)"
cp "$build/libtorch.txt" "$build/libtorch.built"
touch "$build/libsweep_torch.so"
