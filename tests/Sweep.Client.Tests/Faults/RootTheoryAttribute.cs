namespace Sweep.Client.Tests.Faults;

/// <summary>A theory that needs to be root, to mount a small file system; skipped for others.</summary>
public sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute()
    {
        if (Environment.UserName != "root")
        {
            Skip = "mounts a file system, which only root may";
        }
    }
}
