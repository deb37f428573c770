namespace Sweep.Silo.Hosting;

/// <summary>A training that can be watched from another thread, without locks.</summary>
public interface IReportsProgress
{
    TrainingProgress Progress { get; }
}
