namespace Sweep.Training.Data;

/// <summary>The content of an IDX file of labels.</summary>
internal sealed record IdxLabels(long[] Labels, DataFile File)
{
    /// <summary>Refuses labels that do not fit their images or classes.</summary>
    /// <exception cref="TrainingException">Another number of labels than of images, or a label of no class.</exception>
    public void ThrowIfUnfit(IdxImages images, int classCount)
    {
        if (Labels.Length != images.Count)
        {
            throw new TrainingException($"{File.Path}: {Labels.Length} labels, but {images.File.Path} has {images.Count} images");
        }

        var bad = Array.FindIndex(Labels, label => label >= classCount);
        if (bad >= 0)
        {
            throw new TrainingException($"{File.Path}: label {bad} is {Labels[bad]}; the labels of {classCount} classes are 0 to {classCount - 1}");
        }
    }
}
