using Sweep.Training;

namespace Sweep.Bench.Divergence;

/// <summary>The constants of <see cref="BlockRule"/>; the defaults are the best of tune.</summary>
internal sealed record BlockLimits
{
    /// <summary>F: a step is high when its loss is above so many times the baseline; more than 1, infinite to stop only at numbers that are not finite.</summary>
    public double Factor { get; init; } = 3;

    /// <summary>The share of a block's steps that must be high for the block to be bad.</summary>
    public double HighShare { get; init; } = 0.75;

    /// <summary>Bad blocks in a row that end the training.</summary>
    public int BadBlocks { get; init; } = 2;

    /// <summary>A bad block is not recovering when its median loss is at least so many times that of the block before.</summary>
    public double Recovery { get; init; } = 0.8;
}

/// <summary>A candidate for the product's divergence rule, judged here and not taken: see ../README.md.</summary>
/// <remarks>
/// <para>
/// A loss or a parameter that is not finite stops the training at once. Otherwise losses are judged in blocks of W = clamp(S/4, 20, 200)
/// successive steps, S steps an epoch, as multiples of B, the larger of the untrained network's loss and that of the best constant
/// prediction. A block is bad when at least a share of its steps (0.9, tuned 0.75) is above F·B and, where classes are predicted, its accuracy is no better
/// than guessing: at most p + 3·√(p(1−p)/n) over its n rows, p the share of the largest class. A bad block is not recovering when its
/// median is at least 0.9 (tuned 0.8) times that of the block before. Three (tuned two) bad blocks in a row, all but the first not recovering, end the training, but
/// not before step max(3W, T/10) of T.
/// </para>
/// <para>Cross-entropy has no upper limit, so a network can be far above its untrained loss and classify well; and the first steps of
/// optimizers with adaptive rates may be thousands of times above it and harmless. A step counts once, however high it is.</para>
/// </remarks>
internal sealed class BlockRule
{
    private const int ShortestBlock = 20;
    private const int LongestBlock = 200;

    // Medians compare losses: above this they are all the same.
    private const double HighestMultiple = 1e6;

    private readonly BlockLimits _limits;
    private readonly double[] _block;
    private readonly long _firstStop;
    private readonly double _chance;
    private readonly double _baseline;
    private int _filled;
    private long _correct;
    private long _rows;
    private long _step;
    private int _badBlocks;
    private int _notRecovering;
    private double _lastMedian = double.NaN;

    /// <summary>A rule for one training.</summary>
    /// <param name="limits">Its constants.</param>
    /// <param name="constant">The best constant prediction on the training rows.</param>
    /// <param name="untrained">The untrained network's mean loss.</param>
    /// <param name="stepsPerEpoch">S, at least 1.</param>
    /// <param name="steps">T: the steps of the whole training, at least 1.</param>
    public BlockRule(BlockLimits limits, ConstantPrediction constant, double untrained, long stepsPerEpoch, long steps)
    {
        (_limits, _chance, _baseline) = (limits, constant.Accuracy, Math.Max(untrained, constant.Loss));
        _block = new double[(int)Math.Clamp(stepsPerEpoch / 4, ShortestBlock, LongestBlock)];
        _firstStop = Math.Max(3L * _block.Length, steps / 10);
    }

    /// <summary>Takes in a step; true when the training has diverged.</summary>
    public bool Observe(StepObservation step)
    {
        _block[_filled++] = step.Loss / _baseline;
        (_step, _correct, _rows) = (_step + 1, _correct + step.Correct, _rows + step.Rows);
        return _filled == _block.Length && EndBlock();
    }

    private bool EndBlock()
    {
        var high = _block.Count(multiple => multiple > _limits.Factor);
        Array.Sort(_block);
        var median = Math.Min((_block[(_block.Length - 1) / 2] + _block[_block.Length / 2]) / 2, HighestMultiple);
        var isBad = high >= Math.Ceiling(_limits.HighShare * _block.Length) && IsGuessing();
        _badBlocks = isBad ? _badBlocks + 1 : 0;
        _notRecovering = isBad && median >= _limits.Recovery * _lastMedian ? _notRecovering + 1 : 0;
        _lastMedian = median;
        (_filled, _correct, _rows) = (0, 0, 0);
        return _badBlocks >= _limits.BadBlocks && _notRecovering >= _limits.BadBlocks - 1 && _step >= _firstStop;
    }

    private bool IsGuessing()
    {
        var p = _chance;
        return (double)_correct / _rows <= p + (3 * Math.Sqrt(p * (1 - p) / _rows));
    }
}
