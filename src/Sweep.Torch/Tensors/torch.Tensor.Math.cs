using Sweep.Torch.Interop;

namespace Sweep.Torch;

public static partial class torch
{
    public sealed partial class Tensor
    {
        public static Tensor operator +(Tensor a, Tensor b) => a.With(BinaryOperation.Add, b);

        public static Tensor operator +(Tensor a, double b) => a.With(BinaryOperation.Add, b);

        public static Tensor operator +(double a, Tensor b) => b.With(BinaryOperation.Add, a);

        public static Tensor operator -(Tensor a, Tensor b) => a.With(BinaryOperation.Subtract, b);

        public static Tensor operator -(Tensor a, double b) => a.With(BinaryOperation.Subtract, b);

        public static Tensor operator -(Tensor a) => a.With(UnaryOperation.Negate);

        public static Tensor operator *(Tensor a, Tensor b) => a.With(BinaryOperation.Multiply, b);

        public static Tensor operator *(Tensor a, double b) => a.With(BinaryOperation.Multiply, b);

        public static Tensor operator *(double a, Tensor b) => b.With(BinaryOperation.Multiply, a);

        public static Tensor operator /(Tensor a, Tensor b) => a.With(BinaryOperation.Divide, b);

        public static Tensor operator /(Tensor a, double b) => a.With(BinaryOperation.Divide, b);

        public Tensor add(Tensor other) => this + other;

        public Tensor sub(Tensor other) => this - other;

        public Tensor mul(Tensor other) => this * other;

        public Tensor div(Tensor other) => this / other;

        public Tensor matmul(Tensor other) => With(BinaryOperation.MatrixMultiply, other);

        public Tensor eq(Tensor other) => With(BinaryOperation.Equal, other);

        public Tensor lt(double other) => With(BinaryOperation.Less, other);

        public Tensor gt(double other) => With(BinaryOperation.Greater, other);

        public Tensor relu() => With(UnaryOperation.Relu);

        public Tensor tanh() => With(UnaryOperation.Tanh);

        public Tensor sigmoid() => With(UnaryOperation.Sigmoid);

        /// <summary>With the error function, as PyTorch's default.</summary>
        public Tensor gelu() => With(UnaryOperation.Gelu);

        public Tensor exp() => With(UnaryOperation.Exp);

        public Tensor log() => With(UnaryOperation.Log);

        public Tensor sqrt() => With(UnaryOperation.Sqrt);

        public Tensor abs() => With(UnaryOperation.Abs);

        public Tensor square() => With(UnaryOperation.Square);

        public Tensor sum() => With(UnaryOperation.Sum);

        public Tensor sum(long dim, bool keepdim = false) => new(Native.Sum(Handle, dim, keepdim));

        public Tensor mean() => With(UnaryOperation.Mean);

        public Tensor mean(long dim, bool keepdim = false) => new(Native.Mean(Handle, dim, keepdim));

        public Tensor max() => With(UnaryOperation.Max);

        public Tensor min() => With(UnaryOperation.Min);

        public Tensor argmax(long dim) => new(Native.ArgMax(Handle, dim));

        public Tensor softmax(long dim) => new(Native.Softmax(Handle, dim));

        private Tensor With(BinaryOperation operation, Tensor other) => new(Native.Binary(operation, Handle, other.Handle));

        private Tensor With(BinaryOperation operation, double other) => new(Native.Binary(operation, Handle, other));

        private Tensor With(UnaryOperation operation) => new(Native.Unary(operation, Handle));
    }
}
