namespace Reproduction.Data;

/// <summary>The mean and standard deviation with which pixels are normalised.</summary>
public enum PixelScaling
{
    /// <summary>The mean and standard deviation of the data set itself, channel by channel.</summary>
    Own,

    /// <summary>
    /// The mean and standard deviation of MNIST, whatever the data: this is what the paper on competitive Hebbian
    /// learning did.
    /// </summary>
    Mnist,
}
