using System.Runtime.InteropServices;

namespace Sweep.Torch.Interop;

internal static partial class Native
{
    public static TensorHandle Full(long[] sizes, double value, int dtype)
    {
        Check(sweep_tensor_full(sizes, sizes.Length, value, dtype, out var result));
        return result;
    }

    public static TensorHandle Arange(double start, double stop, double step, int dtype)
    {
        Check(sweep_tensor_arange(start, stop, step, dtype, out var result));
        return result;
    }

    public static TensorHandle Rand(long[] sizes, int dtype, GeneratorHandle generator)
    {
        Check(sweep_tensor_rand(sizes, sizes.Length, dtype, generator, out var result));
        return result;
    }

    public static TensorHandle Randn(long[] sizes, int dtype, GeneratorHandle generator)
    {
        Check(sweep_tensor_randn(sizes, sizes.Length, dtype, generator, out var result));
        return result;
    }

    public static TensorHandle Randperm(long count, GeneratorHandle generator)
    {
        Check(sweep_tensor_randperm(count, generator, out var result));
        return result;
    }

    public static TensorHandle FromArray(ReadOnlySpan<byte> data, long[] sizes, int dtype)
    {
        Check(sweep_tensor_from_array(data, sizes, sizes.Length, dtype, out var result));
        return result;
    }

    public static TensorHandle FromMemory(nint data, long[] sizes, int dtype, nint release, nint context)
    {
        Check(sweep_tensor_from_memory(data, sizes, sizes.Length, dtype, release, context, out var result));
        return result;
    }

    public static GeneratorHandle CreateGenerator(ulong seed)
    {
        Check(sweep_generator_create(seed, out var result));
        return result;
    }

    public static void SeedGenerator(GeneratorHandle generator, ulong seed) => Check(sweep_generator_manual_seed(generator, seed));

    public static ulong GeneratorSeed(GeneratorHandle generator)
    {
        Check(sweep_generator_initial_seed(generator, out var result));
        return result;
    }

    public static TensorHandle GeneratorState(GeneratorHandle generator)
    {
        Check(sweep_generator_get_state(generator, out var result));
        return result;
    }

    public static void SetGeneratorState(GeneratorHandle generator, TensorHandle state) => Check(sweep_generator_set_state(generator, state));

    public static void FreeTensor(nint handle) => sweep_tensor_free(handle);

    public static void FreeGenerator(nint handle) => sweep_generator_free(handle);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_full(long[] sizes, int rank, double value, int dtype, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_arange(double start, double stop, double step, int dtype, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_rand(long[] sizes, int rank, int dtype, GeneratorHandle generator, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_randn(long[] sizes, int rank, int dtype, GeneratorHandle generator, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_randperm(long count, GeneratorHandle generator, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_from_array(ReadOnlySpan<byte> data, long[] sizes, int rank, int dtype, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_from_memory(nint data, long[] sizes, int rank, int dtype, nint release, nint context, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_generator_create(ulong seed, out GeneratorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_generator_manual_seed(GeneratorHandle generator, ulong seed);

    [LibraryImport(Library)]
    private static partial int sweep_generator_initial_seed(GeneratorHandle generator, out ulong result);

    [LibraryImport(Library)]
    private static partial int sweep_generator_get_state(GeneratorHandle generator, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_generator_set_state(GeneratorHandle generator, TensorHandle state);

    [LibraryImport(Library)]
    private static partial void sweep_tensor_free(nint handle);

    [LibraryImport(Library)]
    private static partial void sweep_generator_free(nint handle);
}
