using Sweep.Torch.Interop;

namespace Sweep.Torch;

public static partial class torch
{
    public sealed partial class Tensor
    {
        /// <summary>Whether operations on this tensor are recorded for <see cref="backward"/>.</summary>
        public bool requires_grad
        {
            get => Native.RequiresGrad(Handle);
            set => Native.SetRequiresGrad(Handle, value);
        }

        /// <summary>The gradient that <see cref="backward"/> has gathered here; null before the first.</summary>
        public Tensor? grad
        {
            get
            {
                var handle = Native.Grad(Handle);
                if (!handle.IsInvalid)
                {
                    return new Tensor(handle);
                }
                handle.Dispose();
                return null;
            }
        }

        /// <summary>Adds to the gradient of every leaf what this single number's derivative there is.</summary>
        public void backward() => Native.Backward(Handle);

        /// <summary>The same elements, outside the recorded graph.</summary>
        public Tensor detach() => new(Native.Detach(Handle));

        public Tensor requires_grad_(bool value = true)
        {
            requires_grad = value;
            return this;
        }

        public Tensor copy_(Tensor source)
        {
            Native.Copy(Handle, source.Handle);
            return this;
        }

        public Tensor fill_(double value)
        {
            Native.Fill(Handle, value);
            return this;
        }

        public Tensor zero_() => fill_(0);

        public Tensor add_(Tensor other, double alpha = 1)
        {
            Native.Add(Handle, other.Handle, alpha);
            return this;
        }

        public Tensor uniform_(double from, double to, Generator generator)
        {
            Native.Uniform(Handle, from, to, generator.Handle);
            return this;
        }

        public Tensor normal_(double mean, double std, Generator generator)
        {
            Native.Normal(Handle, mean, std, generator.Handle);
            return this;
        }
    }
}
