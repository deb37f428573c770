using Sweep.Torch.Interop;

namespace Sweep.Torch;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Updates parameters from their gradients: one native call a step, one pass over memory for all parameters.</summary>
        /// <remarks>The forms are PyTorch 1.13's (foreach=False), Lion's that of Chen et al. 2023. The rate multiplies every step.</remarks>
        public sealed class Optimizer : IDisposable
        {
            private readonly OptimizerHandle _handle;
            private readonly FlatParameters _parameters;

            public Optimizer(OptimizerKind kind, FlatParameters parameters, double lr, in OptimizerOptions options)
            {
                _parameters = parameters;
                _handle = Native.CreateOptimizer(kind, options, parameters.Values.Handle, parameters.Gradients.Handle);
                LearningRate = lr;
            }

            /// <summary>η of the next step.</summary>
            public double LearningRate { get; set; }

            /// <summary>How many bytes <see cref="Save"/> writes.</summary>
            public long StateSize => Native.OptimizerStateSize(_handle);

            public void step() => Native.Step(_handle, LearningRate);

            /// <summary>Steps, and gives the norm of the whole gradient as it was before clipping.</summary>
            public double StepWithNorm() => Native.StepWithNorm(_handle, LearningRate);

            /// <summary>From the next step on: the momentum where the rule has a velocity, β1 where it has that, nothing for the others.</summary>
            public void SetMomentum(double momentum) => Native.SetMomentum(_handle, momentum);

            /// <summary>D-Adaptation and Prodigy: d, a lower bound of the distance from the start to the solution, which only grows.</summary>
            public double Estimate => Native.OptimizerEstimate(_handle);

            /// <summary>From the next step on, keeps what each step changes, or does not any more. Part of the state once it was asked for.</summary>
            public void WatchChanges(bool on = true) => Native.WatchOptimizer(_handle, on);

            /// <summary>The gradient as it is now, beside the step whose change was kept last.</summary>
            /// <param name="compared">False: its norm alone, which costs less, as it is without any <see cref="WatchChanges"/>.</param>
            /// <param name="stepFollows">The next call is the step by this gradient: where that is known already, it is kept in the same pass, in place of the one before.</param>
            public GradientStatistics Statistics(bool compared = true, bool stepFollows = false) => Native.OptimizerStatistics(_handle, compared, stepFollows);

            /// <summary>Schedule-Free: moves the parameters to the average x, where a network is evaluated and taken. Nothing for the others.</summary>
            public void eval() => Native.SetAveraged(_handle, true);

            /// <summary>Schedule-Free: moves the parameters back to y, where gradients are taken. Needed before a step or a save.</summary>
            public void train() => Native.SetAveraged(_handle, false);

            /// <summary>All gradients become 0.</summary>
            public void zero_grad() => _parameters.Gradients.zero_();

            /// <summary>Copies the whole state: step count and averages.</summary>
            public byte[] Save()
            {
                var bytes = new byte[StateSize];
                Native.SaveOptimizer(_handle, bytes);
                return bytes;
            }

            /// <summary>Goes on from a saved state.</summary>
            /// <exception cref="TorchException">The state is of another size: another kind, other settings or other parameters.</exception>
            public void Load(ReadOnlySpan<byte> state) => Native.LoadOptimizer(_handle, state);

            public void Dispose() => _handle.Dispose();
        }
    }
}
