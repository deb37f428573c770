using System.Runtime.InteropServices;

namespace Sweep.Torch.Interop;

internal static partial class Native
{
    public static SourceHandle CreateSource(TensorHandle data, TensorHandle labels, long classes, double scale, double shift)
    {
        Check(sweep_source_create(data, labels, classes, scale, shift, out var result));
        return result;
    }

    public static SourceHandle CreateTargetSource(TensorHandle data, TensorHandle targets, double scale, double shift)
    {
        Check(sweep_source_create_targets(data, targets, scale, shift, out var result));
        return result;
    }

    public static SourceHandle CreateWindowSource(TensorHandle symbols, long window, long classes)
    {
        Check(sweep_source_create_windows(symbols, window, classes, out var result));
        return result;
    }

    public static unsafe (TensorHandle Data, TensorHandle Labels) Batch(SourceHandle source, ReadOnlySpan<int> rows, Augmentation? augmentation)
    {
        var how = augmentation.GetValueOrDefault();
        Check(sweep_source_batch(source, rows, rows.Length, augmentation is null ? 0 : (nint)(&how), out var data, out var labels));
        return (data, labels);
    }

    public static PlanHandle CreatePlan(SourceHandle source, LayerSpec[] layers, PlanOptions options)
    {
        Check(sweep_plan_create(source, layers, layers.Length, in options, out var result));
        return result;
    }

    public static unsafe BatchLoss PlanGradient(PlanHandle plan, ReadOnlySpan<int> rows, long step, Augmentation? augmentation)
    {
        var how = augmentation.GetValueOrDefault();
        Check(sweep_plan_gradient(plan, rows, rows.Length, step, augmentation is null ? 0 : (nint)(&how), out var sum));
        return sum;
    }

    public static BatchLoss PlanEvaluate(PlanHandle plan, ReadOnlySpan<int> rows)
    {
        Check(sweep_plan_evaluate(plan, rows, rows.Length, out var sum));
        return sum;
    }

    public static unsafe void PlanStatistics(PlanHandle plan, ReadOnlySpan<int> rows, int batch, Augmentation? augmentation)
    {
        var how = augmentation.GetValueOrDefault();
        Check(sweep_plan_statistics(plan, rows, rows.Length, batch, augmentation is null ? 0 : (nint)(&how)));
    }

    public static PlanTimes GetPlanTimes(PlanHandle plan)
    {
        Check(sweep_plan_times(plan, out var times));
        return times;
    }

    public static OptimizerHandle CreateOptimizer(OptimizerKind kind, OptimizerOptions options, TensorHandle parameters, TensorHandle gradients)
    {
        Check(sweep_optimizer_create(kind, in options, parameters, gradients, out var result));
        return result;
    }

    public static void Step(OptimizerHandle optimizer, double rate) => Check(sweep_optimizer_step(optimizer, rate, 0));

    public static unsafe double StepWithNorm(OptimizerHandle optimizer, double rate)
    {
        double norm;
        Check(sweep_optimizer_step(optimizer, rate, (nint)(&norm)));
        return norm;
    }

    public static void SetMomentum(OptimizerHandle optimizer, double momentum) => Check(sweep_optimizer_set_momentum(optimizer, momentum));

    public static void WatchOptimizer(OptimizerHandle optimizer, bool on) => Check(sweep_optimizer_watch(optimizer, on ? 1 : 0));

    public static unsafe GradientStatistics OptimizerStatistics(OptimizerHandle optimizer, bool compared, bool stepFollows)
    {
        var four = stackalloc double[4];
        Check(sweep_optimizer_statistics(optimizer, compared ? 1 : 0, stepFollows ? 1 : 0, (nint)four));
        return GradientStatistics.Of(four[0], four[1], four[2], four[3]);
    }

    public static void SetAveraged(OptimizerHandle optimizer, bool on) => Check(sweep_optimizer_set_averaged(optimizer, on ? 1 : 0));

    public static double OptimizerEstimate(OptimizerHandle optimizer)
    {
        Check(sweep_optimizer_estimate(optimizer, out var result));
        return result;
    }

    public static long OptimizerStateSize(OptimizerHandle optimizer)
    {
        Check(sweep_optimizer_state_size(optimizer, out var result));
        return result;
    }

    public static void SaveOptimizer(OptimizerHandle optimizer, Span<byte> bytes) => Check(sweep_optimizer_save(optimizer, bytes));

    public static void LoadOptimizer(OptimizerHandle optimizer, ReadOnlySpan<byte> bytes) => Check(sweep_optimizer_load(optimizer, bytes, bytes.Length));

    public static void GemmSquare(TensorHandle a, TensorHandle b, TensorHandle c, int repetitions) => Check(sweep_gemm_square(a, b, c, repetitions));

    public static void FreeSource(nint handle) => sweep_source_free(handle);

    public static void FreePlan(nint handle) => sweep_plan_free(handle);

    public static void FreeOptimizer(nint handle) => sweep_optimizer_free(handle);

    [LibraryImport(Library)]
    private static partial int sweep_source_create(TensorHandle data, TensorHandle labels, long classes, double scale, double shift, out SourceHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_source_create_targets(TensorHandle data, TensorHandle targets, double scale, double shift, out SourceHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_source_create_windows(TensorHandle symbols, long window, long classes, out SourceHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_source_batch(SourceHandle source, ReadOnlySpan<int> rows, long count, nint augmentation, out TensorHandle data, out TensorHandle labels);

    [LibraryImport(Library)]
    private static partial int sweep_plan_create(SourceHandle source, LayerSpec[] layers, int count, in PlanOptions options, out PlanHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_plan_gradient(PlanHandle plan, ReadOnlySpan<int> rows, long count, long step, nint augmentation, out BatchLoss sum);

    [LibraryImport(Library)]
    private static partial int sweep_plan_evaluate(PlanHandle plan, ReadOnlySpan<int> rows, long count, out BatchLoss sum);

    [LibraryImport(Library)]
    private static partial int sweep_plan_statistics(PlanHandle plan, ReadOnlySpan<int> rows, long count, long batch, nint augmentation);

    [LibraryImport(Library)]
    private static partial int sweep_plan_times(PlanHandle plan, out PlanTimes times);

    [LibraryImport(Library)]
    private static partial int sweep_optimizer_create(OptimizerKind kind, in OptimizerOptions options, TensorHandle parameters, TensorHandle gradients, out OptimizerHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_optimizer_step(OptimizerHandle optimizer, double rate, nint norm);

    [LibraryImport(Library)]
    private static partial int sweep_optimizer_set_momentum(OptimizerHandle optimizer, double momentum);

    [LibraryImport(Library)]
    private static partial int sweep_optimizer_watch(OptimizerHandle optimizer, int on);

    [LibraryImport(Library)]
    private static partial int sweep_optimizer_statistics(OptimizerHandle optimizer, int compared, int stepFollows, nint four);

    [LibraryImport(Library)]
    private static partial int sweep_optimizer_set_averaged(OptimizerHandle optimizer, int on);

    [LibraryImport(Library)]
    private static partial int sweep_optimizer_estimate(OptimizerHandle optimizer, out double result);

    [LibraryImport(Library)]
    private static partial int sweep_optimizer_state_size(OptimizerHandle optimizer, out long result);

    [LibraryImport(Library)]
    private static partial int sweep_optimizer_save(OptimizerHandle optimizer, Span<byte> bytes);

    [LibraryImport(Library)]
    private static partial int sweep_optimizer_load(OptimizerHandle optimizer, ReadOnlySpan<byte> bytes, long count);

    [LibraryImport(Library)]
    private static partial int sweep_gemm_square(TensorHandle a, TensorHandle b, TensorHandle c, int repetitions);

    [LibraryImport(Library)]
    private static partial void sweep_source_free(nint handle);

    [LibraryImport(Library)]
    private static partial void sweep_plan_free(nint handle);

    [LibraryImport(Library)]
    private static partial void sweep_optimizer_free(nint handle);
}
