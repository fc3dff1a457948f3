using Reproduction.Data;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>What the note's claims have in common.</summary>
internal static class Evidences
{
    /// <summary>The source of a statement as the note makes it.</summary>
    public const string Note = "A Backpropagation Alternative";

    /// <summary>The source of a statement of the note with a step put right.</summary>
    public const string Corrected = "A Backpropagation Alternative, a step put right";

    /// <summary>A claim in words, on MNIST.</summary>
    public static Claim Claim(
        string id,
        string source,
        string statement,
        string experiment,
        Func<Evidence, Finding> decide
    ) =>
        new(
            id,
            source,
            statement,
            "in words",
            IdxDataSet.Mnist.Id,
            $"{TargetPropagationProtocol.Paper}/{experiment}",
            decide
        );
}
