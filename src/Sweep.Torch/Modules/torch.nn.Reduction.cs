namespace Sweep.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>How the losses of a batch become one number; the numbers are libtorch's.</summary>
        public enum Reduction
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }
    }
}
