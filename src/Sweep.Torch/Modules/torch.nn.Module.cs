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

            /// <summary>What is neither learned nor constant, such as running averages, with its paths.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers() => [];

            public IEnumerable<Tensor> buffers() => named_buffers().Select(b => b.buffer);

            /// <summary>The modules that this one is made of, in the order of construction.</summary>
            public virtual IEnumerable<Module> children() => [];

            /// <summary>This module and all below it, each before its own parts.</summary>
            public IEnumerable<Module> modules() => children().SelectMany(c => c.modules()).Prepend(this);

            /// <summary>Whether it learns, rather than being evaluated: dropout and batch normalisation differ.</summary>
            public bool training { get; private set; } = true;

            public void train(bool mode = true)
            {
                foreach (var module in modules())
                {
                    module.training = mode;
                }
            }

            public void eval() => train(mode: false);

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
                foreach (var tensor in parameters().Concat(buffers()))
                {
                    tensor.Dispose();
                }
            }
        }
    }
}
