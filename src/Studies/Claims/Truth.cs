namespace Reproduction.Studies.Claims;

/// <summary>What is known of a statement.</summary>
public enum Truth
{
    /// <summary>Neither that it holds nor that it does not.</summary>
    Open,

    /// <summary>That it holds.</summary>
    Shown,

    /// <summary>That it does not hold.</summary>
    Refuted,
}
