namespace Sweep.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A part of a network: a function of one tensor with parameters that are learned.</summary>
        public abstract class Module : IDisposable
        {
            public abstract Tensor forward(Tensor input);

            public Tensor call(Tensor input) => forward(input);

            /// <summary>The parameters with their paths, in the order of construction.</summary>
            public virtual IEnumerable<(string name, Tensor parameter)> named_parameters() => [];

            public IEnumerable<Tensor> parameters() => named_parameters().Select(p => p.parameter);

            public void Dispose()
            {
                Dispose(disposing: true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }
                foreach (var parameter in parameters())
                {
                    parameter.Dispose();
                }
            }
        }
    }
}
