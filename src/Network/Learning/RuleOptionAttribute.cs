namespace Reproduction.Network;

/// <summary>
/// Documents a property of a rule's options record, which <c>--set name=value</c> sets. The option's name is the
/// property's name in kebab case.
/// </summary>
/// <param name="description">One line that says what the option does.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RuleOptionAttribute(string description) : Attribute
{
    public string Description { get; } = description;

    /// <summary>The smallest number allowed.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest number allowed.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="Minimum"/> itself is outside the range.</summary>
    public bool IsMinimumExcluded { get; init; }
}
