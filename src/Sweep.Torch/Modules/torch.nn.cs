using Sweep.Torch.Interop;
using Sweep.Torch.Modules;

namespace Sweep.Torch;

public static partial class torch
{
    /// <summary>Building blocks of networks; the functions here are their constructors.</summary>
    public static partial class nn
    {
        /// <summary>y = x Wᵀ + b, initialised as PyTorch does, from the generator.</summary>
        public static Linear Linear(long inputSize, long outputSize, Generator generator, bool hasBias = true, ScalarType dtype = ScalarType.Float32) =>
            new(inputSize, outputSize, generator, hasBias, dtype);

        public static ReLU ReLU() => new();

        public static Tanh Tanh() => new();

        public static Sigmoid Sigmoid() => new();

        public static GELU GELU() => new();

        /// <summary>A convolution with a square kernel, initialised as PyTorch does, from the generator.</summary>
        public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, Generator generator, long padding = 0, long stride = 1, bool bias = true) =>
            new(in_channels, out_channels, kernel_size, stride, padding, bias, generator);

        public static MaxPool2d MaxPool2d(long kernel_size) => new(kernel_size);

        public static Flatten Flatten() => new();

        public static Unflatten Unflatten(params long[] sizes) => new(sizes);

        public static Dropout Dropout(double p = 0.5) => new(p);

        /// <summary>One layer, the rows first; its value is the outputs at all places.</summary>
        public static Recurrent LSTM(long input_size, long hidden_size, Generator generator) => new(input_size, hidden_size, gru: false, generator);

        /// <summary>One layer, the rows first; its value is the outputs at all places.</summary>
        public static Recurrent GRU(long input_size, long hidden_size, Generator generator) => new(input_size, hidden_size, gru: true, generator);

        public static LastPlace LastPlace() => new();

        public static BatchNorm1d BatchNorm1d(long features, double eps = 1e-5, double momentum = 0.1) => new(features, eps, momentum);

        public static BatchNorm2d BatchNorm2d(long channels, double eps = 1e-5, double momentum = 0.1) => new(channels, eps, momentum);

        public static LayerNorm LayerNorm(long features, double eps = 1e-5) => new(features, eps);

        /// <summary>after(body(x) + shortcut(x)); without a shortcut x itself is added.</summary>
        public static Residual Residual(Module body, Module? shortcut, Module after) => new(body, shortcut, after);

        public static GlobalAveragePool GlobalAveragePool() => new();

        public static MeanPlace MeanPlace() => new();

        /// <summary>Fixed sines and cosines, or with a generator learned vectors.</summary>
        public static PositionalEncoding PositionalEncoding(long length, long width, Generator? generator = null) => new(length, width, generator);

        /// <summary>An encoder layer with the rows first, initialised as PyTorch does, from the generator.</summary>
        /// <exception cref="TorchException">The heads do not divide d_model.</exception>
        public static TransformerEncoderLayer TransformerEncoderLayer(
            long d_model, long nhead, long dim_feedforward, Generator generator, double dropout = 0, Module? activation = null, bool norm_first = false) =>
            Modules.TransformerEncoderLayer.Create(d_model, nhead, dim_feedforward, dropout, activation ?? ReLU(), norm_first, generator);

        public static Sequential Sequential(params Module[] modules) => new(modules);

        /// <summary>The same operations without state.</summary>
        public static class functional
        {
            public static Tensor relu(Tensor x) => x.relu();

            public static Tensor linear(Tensor input, Tensor weight, Tensor? bias = null) =>
                new(Native.Linear(input.Handle, weight.Handle, bias?.Handle));

            /// <summary>Softmax cross-entropy of logits [n, classes] and labels (int64, [n]).</summary>
            public static Tensor cross_entropy(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double label_smoothing = 0) =>
                new(Native.CrossEntropy(input.Handle, target.Handle, (long)reduction, label_smoothing));

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                new(Native.MseLoss(input.Handle, target.Handle, (long)reduction));
        }

        /// <summary>Initialisations, in place.</summary>
        public static class init
        {
            public static Tensor uniform_(Tensor tensor, double low, double high, Generator generator) => InPlace(tensor, t => t.uniform_(low, high, generator));

            public static Tensor normal_(Tensor tensor, double mean, double std, Generator generator) => InPlace(tensor, t => t.normal_(mean, std, generator));

            public static Tensor zeros_(Tensor tensor) => InPlace(tensor, t => t.zero_());

            /// <summary>He et al. 2015 with leaky slope a: uniform within ±√(6 / ((1 + a²) fan_in)).</summary>
            public static Tensor kaiming_uniform_(Tensor tensor, Generator generator, double a = 0)
            {
                var gain = Math.Sqrt(2.0 / (1 + (a * a)));
                var deviation = gain / Math.Sqrt(FanIn(tensor));
                var bound = Math.Sqrt(3.0) * deviation;
                return uniform_(tensor, -bound, bound, generator);
            }

            /// <summary>He et al. 2015 for relu: normal with deviation √(2 / fan_in).</summary>
            public static Tensor kaiming_normal_(Tensor tensor, Generator generator) => normal_(tensor, 0, Math.Sqrt(2.0 / FanIn(tensor)), generator);

            /// <summary>Glorot &amp; Bengio 2010: uniform within ±√(6 / (fan_in + fan_out)).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, Generator generator)
            {
                var bound = Math.Sqrt(3.0) * XavierDeviation(tensor);
                return uniform_(tensor, -bound, bound, generator);
            }

            /// <summary>Glorot &amp; Bengio 2010: normal with deviation √(2 / (fan_in + fan_out)).</summary>
            public static Tensor xavier_normal_(Tensor tensor, Generator generator) => normal_(tensor, 0, XavierDeviation(tensor), generator);

            private static double XavierDeviation(Tensor tensor) =>
                Math.Sqrt(2.0 / (FanIn(tensor) * (1 + (tensor.shape[0] / (double)tensor.shape[1]))));

            /// <summary>The inputs of each output: the product of all sizes but the first.</summary>
            internal static long FanIn(Tensor tensor) => tensor.shape.Skip(1).Aggregate(1L, (product, size) => product * size);

            private static Tensor InPlace(Tensor tensor, Action<Tensor> change)
            {
                using (no_grad())
                {
                    change(tensor);
                }
                return tensor;
            }
        }
    }
}
