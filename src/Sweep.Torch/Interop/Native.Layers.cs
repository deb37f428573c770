using System.Runtime.InteropServices;

namespace Sweep.Torch.Interop;

internal static partial class Native
{
    public static TensorHandle Conv2d(TensorHandle input, TensorHandle weight, TensorHandle? bias, long stride, long padding)
    {
        Check(sweep_tensor_conv2d(input, weight, bias?.DangerousGetHandle() ?? 0, stride, padding, out var result));
        return result;
    }

    public static TensorHandle MaxPool2d(TensorHandle input, long window)
    {
        Check(sweep_tensor_max_pool2d(input, window, out var result));
        return result;
    }

    public static TensorHandle BatchNorm(TensorHandle input, TensorHandle weight, TensorHandle bias, TensorHandle mean, TensorHandle variance, bool training, double momentum, double epsilon)
    {
        Check(sweep_tensor_batch_norm(input, weight, bias, mean, variance, training, momentum, epsilon, out var result));
        return result;
    }

    public static TensorHandle Recurrent(TensorHandle input, nint[] parameters, long width, bool gru)
    {
        Check(sweep_tensor_recurrent(input, parameters, width, gru, out var result));
        return result;
    }

    public static TensorHandle AttentionWeights(TensorHandle qkv, long heads)
    {
        Check(sweep_tensor_attention_weights(qkv, heads, out var result));
        return result;
    }

    public static TensorHandle Attend(TensorHandle weights, TensorHandle qkv)
    {
        Check(sweep_tensor_attend(weights, qkv, out var result));
        return result;
    }

    public static TensorHandle LayerNorm(TensorHandle input, TensorHandle weight, TensorHandle bias, double epsilon)
    {
        Check(sweep_tensor_layer_norm(input, weight, bias, epsilon, out var result));
        return result;
    }

    public static TensorHandle DropoutMask(TensorHandle like, ulong seed, long step, long layer, long first, double probability)
    {
        Check(sweep_dropout_mask(like, seed, step, layer, first, probability, out var result));
        return result;
    }

    public static void AverageInto(TensorHandle average, TensorHandle values, double decay) => Check(sweep_average_into(average, values, decay));

    public static void ClipRows(TensorHandle weight, double limit) => Check(sweep_clip_rows(weight, limit));

    [LibraryImport(Library)]
    private static partial int sweep_tensor_conv2d(TensorHandle input, TensorHandle weight, nint bias, long stride, long padding, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_max_pool2d(TensorHandle input, long window, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_batch_norm(TensorHandle input, TensorHandle weight, TensorHandle bias, TensorHandle mean, TensorHandle variance, [MarshalAs(UnmanagedType.U1)] bool training, double momentum, double epsilon, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_recurrent(TensorHandle input, nint[] parameters, long width, [MarshalAs(UnmanagedType.U1)] bool gated, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_attention_weights(TensorHandle qkv, long heads, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_attend(TensorHandle weights, TensorHandle qkv, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_layer_norm(TensorHandle input, TensorHandle weight, TensorHandle bias, double epsilon, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_dropout_mask(TensorHandle like, ulong seed, long step, long layer, long first, double probability, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_average_into(TensorHandle average, TensorHandle values, double decay);

    [LibraryImport(Library)]
    private static partial int sweep_clip_rows(TensorHandle weight, double limit);
}
