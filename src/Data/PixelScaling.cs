namespace Reproduction.Data;

/// <summary>With whose mean and deviation pixels are normalised.</summary>
public enum PixelScaling
{
    /// <summary>The data set's own, channel by channel.</summary>
    Own,

    /// <summary>MNIST's, whatever the data: what the paper on competitive Hebbian learning did.</summary>
    Mnist,
}
