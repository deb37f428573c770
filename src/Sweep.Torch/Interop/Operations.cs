namespace Sweep.Torch.Interop;

// The order of both lists is that of native/tensor_math.cpp.
internal enum BinaryOperation
{
    Add,
    Subtract,
    Multiply,
    Divide,
    MatrixMultiply,
    Equal,
    Less,
    Greater,
}

internal enum UnaryOperation
{
    Negate,
    Relu,
    Tanh,
    Sigmoid,
    Gelu,
    Exp,
    Log,
    Sqrt,
    Abs,
    Square,
    Sum,
    Mean,
    Max,
    Min,
}
