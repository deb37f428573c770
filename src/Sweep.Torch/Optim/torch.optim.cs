namespace Sweep.Torch;

public static partial class torch
{
    /// <summary>Optimizers with PyTorch 1.13's names and defaults.</summary>
    public static partial class optim
    {
        public static Optimizer SGD(IEnumerable<Tensor> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false) =>
            Create(OptimizerKind.Sgd, parameters, lr, new() { Momentum = momentum, Dampening = dampening, WeightDecay = weight_decay, Nesterov = Flag(nesterov) });

        public static Optimizer Adagrad(IEnumerable<Tensor> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
            Create(OptimizerKind.Adagrad, parameters, lr, new() { RateDecay = lr_decay, WeightDecay = weight_decay, InitialAccumulator = initial_accumulator_value, Epsilon = eps });

        public static Optimizer RMSProp(IEnumerable<Tensor> parameters, double lr = 1e-2, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false) =>
            Create(OptimizerKind.RmsProp, parameters, lr, new() { Alpha = alpha, Epsilon = eps, WeightDecay = weight_decay, Momentum = momentum, Centered = Flag(centered) });

        public static Optimizer Adam(IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false) =>
            Create(OptimizerKind.Adam, parameters, lr, Betas(beta1, beta2, eps, weight_decay) with { Amsgrad = Flag(amsgrad) });

        public static Optimizer AdamW(IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 1e-2, bool amsgrad = false) =>
            Create(OptimizerKind.AdamW, parameters, lr, Betas(beta1, beta2, eps, weight_decay) with { Amsgrad = Flag(amsgrad) });

        public static Optimizer Adadelta(IEnumerable<Tensor> parameters, double lr = 1, double rho = 0.9, double eps = 1e-6, double weight_decay = 0) =>
            Create(OptimizerKind.Adadelta, parameters, lr, new() { Rho = rho, Epsilon = eps, WeightDecay = weight_decay });

        public static Optimizer Adamax(IEnumerable<Tensor> parameters, double lr = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) =>
            Create(OptimizerKind.Adamax, parameters, lr, Betas(beta1, beta2, eps, weight_decay));

        public static Optimizer NAdam(IEnumerable<Tensor> parameters, double lr = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, double momentum_decay = 4e-3) =>
            Create(OptimizerKind.NAdam, parameters, lr, Betas(beta1, beta2, eps, weight_decay) with { MomentumDecay = momentum_decay });

        public static Optimizer RAdam(IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) =>
            Create(OptimizerKind.RAdam, parameters, lr, Betas(beta1, beta2, eps, weight_decay));

        /// <summary>Chen et al. 2023, algorithm 2; the defaults are the paper's.</summary>
        public static Optimizer Lion(IEnumerable<Tensor> parameters, double lr = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weight_decay = 0) =>
            Create(OptimizerKind.Lion, parameters, lr, Betas(beta1, beta2, 0, weight_decay));

        private static Optimizer Create(OptimizerKind kind, IEnumerable<Tensor> parameters, double lr, in OptimizerOptions options) =>
            new(kind, FlatParameters.Of(parameters), lr, options);

        private static OptimizerOptions Betas(double beta1, double beta2, double epsilon, double weightDecay) =>
            new() { Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon, WeightDecay = weightDecay };

        private static double Flag(bool value) => value ? 1 : 0;
    }
}
