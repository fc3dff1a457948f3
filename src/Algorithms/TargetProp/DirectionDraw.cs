namespace Reproduction.Algorithms.TargetProp;

/// <summary>How a block of directions in a layer's input space is drawn.</summary>
public enum DirectionDraw
{
    /// <summary>Independent N(0, 1) entries.</summary>
    Gaussian,

    /// <summary>Uniform on the unit sphere.</summary>
    Sphere,

    /// <summary>Independent entries ±1.</summary>
    Rademacher,

    /// <summary>An orthonormal block, uniform among all.</summary>
    Orthonormal,

    /// <summary>Random combinations of X·Eᵀ, the directions in which the batch's own errors pull.</summary>
    Data,

    /// <summary>Gaussian, made conjugate under the batch's XXᵀ to the blocks of earlier steps.</summary>
    Conjugate,
}
