using Sweep.Grains;
using Sweep.Silo.Hosting;
using Sweep.Store;
using Sweep.Training;

namespace Sweep.Silo.Execution;

/// <summary>A training with libtorch, as a grain drives it.</summary>
internal sealed class TorchTraining(Trainer trainer) : ITraining, IReportsProgress
{
    private long _step;

    public int Epoch => trainer.Epoch;

    public TrainingProgress Progress
    {
        get
        {
            var progress = trainer.Progress;
            return new TrainingProgress(
                progress.Epoch, progress.Step, progress.StepsPerEpoch, progress.LearningRate, progress.SamplesPerSecond);
        }
    }

    public EpochOutcome TrainEpoch(CancellationToken stop)
    {
        _step = 0;
        switch (trainer.TrainEpoch(stop))
        {
            case EpochResult.Finished { Report: var report }:
                return new EpochOutcome.Finished(report.Metrics, report.LearningRate, report.Seconds) { Experiences = report.Experiences };

            case EpochResult.Stopped stopped:
                _step = stopped.StepInEpoch;
                return new EpochOutcome.Stopped();

            case EpochResult.Diverged diverged:
                return new EpochOutcome.Diverged(
                    $"{diverged.Reason}, in epoch {diverged.Epoch}, step {diverged.Step}, at learning rate {diverged.LearningRate:G4}");

            case var other:
                throw new InvalidOperationException($"an epoch cannot end as {other}");
        }
    }

    public Checkpoint Save() => new(trainer.Epoch, _step, trainer.SaveCheckpoint());

    public void Dispose() => trainer.Dispose();
}
