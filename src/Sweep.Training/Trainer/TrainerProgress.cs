namespace Sweep.Training;

/// <summary>The progress of a training; any thread may read it at any time, without a lock.</summary>
/// <remarks>Each value is read atomically; two values read one after the other may belong to neighbouring steps.</remarks>
public sealed class TrainerProgress
{
    private readonly TimeProvider _time;
    private long _epoch;
    private long _step;
    private double _learningRate;
    private long _samples;
    private long _startedAt;

    internal TrainerProgress(TimeProvider time, long stepsPerEpoch, int epochs)
    {
        _time = time;
        StepsPerEpoch = stepsPerEpoch;
        Epochs = epochs;
    }

    /// <summary>T: epochs of the whole training.</summary>
    public int Epochs { get; }

    public long StepsPerEpoch { get; }

    /// <summary>Epochs finished.</summary>
    public int Epoch => (int)Volatile.Read(ref _epoch);

    /// <summary>Steps done in the current epoch.</summary>
    public long Step => Volatile.Read(ref _step);

    /// <summary>η of the last step.</summary>
    public double LearningRate => Volatile.Read(ref _learningRate);

    /// <summary>Rows per second since the epoch was started or resumed; 0 before its first step.</summary>
    public double SamplesPerSecond
    {
        get
        {
            var samples = Volatile.Read(ref _samples);
            var seconds = _time.GetElapsedTime(Volatile.Read(ref _startedAt)).TotalSeconds;
            return samples == 0 || seconds <= 0 ? 0 : samples / seconds;
        }
    }

    internal void Begin(int epoch, long step)
    {
        Volatile.Write(ref _samples, 0);
        Volatile.Write(ref _startedAt, _time.GetTimestamp());
        At(epoch, step);
    }

    internal void Stepped(long step, double learningRate, int samples)
    {
        Volatile.Write(ref _learningRate, learningRate);
        Volatile.Write(ref _samples, _samples + samples);
        Volatile.Write(ref _step, step);
    }

    internal void At(int epoch, long step)
    {
        Volatile.Write(ref _step, step);
        Volatile.Write(ref _epoch, epoch);
    }
}
