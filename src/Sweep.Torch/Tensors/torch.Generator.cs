using Sweep.Torch.Interop;

namespace Sweep.Torch;

public static partial class torch
{
    /// <summary>A random number generator of its own (libtorch's Mersenne twister on the CPU). The process-wide default is never used here.</summary>
    public sealed class Generator : IDisposable
    {
        public Generator(ulong seed) => Handle = Native.CreateGenerator(seed);

        internal GeneratorHandle Handle { get; }

        public Generator manual_seed(ulong seed)
        {
            Native.SeedGenerator(Handle, seed);
            return this;
        }

        public ulong initial_seed() => Native.GeneratorSeed(Handle);

        /// <summary>All of its state, as bytes; <see cref="set_state"/> goes on from there.</summary>
        public Tensor get_state() => new(Native.GeneratorState(Handle));

        public void set_state(Tensor state) => Native.SetGeneratorState(Handle, state.Handle);

        public void Dispose() => Handle.Dispose();
    }
}
