namespace Reproduction.Experiments.Families;

/// <summary>
/// An arm of the comparison of all families: a rule, and what of its set-up differs from the rule's own.
/// </summary>
/// <param name="Label">The arm's name in tables.</param>
/// <param name="IsTuned">Whether the arm gets the common optimizer, batch and number of passes, and a search for its
/// learning rate; the others are trained as published.
/// </param>
/// <param name="Option">An option that is set; null for none.</param>
/// <param name="Activation">The activation of the hidden layer; null for the rule's own.</param>
internal sealed record FamilyArm(
    string Label,
    string Rule,
    bool IsTuned,
    (string Name, string Value)? Option = null,
    string? Activation = null
)
{
    private const string Before = "untrained, ";

    /// <summary>The network of an arm before training, which arms with the same one share.</summary>
    /// <param name="areTen">Whether there are ten networks of one output each.</param>
    public static FamilyArm Untrained(string activation, string initialization, bool areTen) =>
        new(
            $"{Before}{activation}, {initialization}{(areTen ? ", ten networks" : "")}",
            Studies.Comparisons.RandomProjectionFamily.Random,
            IsTuned: false
        );

    /// <summary>The network before training of a rule that has inference of its own.</summary>
    public static FamilyArm Inferring(string rule) =>
        new($"{Before}inference of {rule}", Studies.Comparisons.RandomProjectionFamily.Random, IsTuned: false);

    /// <summary>Whether an arm's label is that of a network before training.</summary>
    public static bool IsUntrained(string label) => label.StartsWith(Before, StringComparison.Ordinal);
}
