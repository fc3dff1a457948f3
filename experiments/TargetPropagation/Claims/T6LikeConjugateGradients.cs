using System.Globalization;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>T6: steps along random directions are like conjugate gradients.</summary>
internal static class T6LikeConjugateGradients
{
    // A layer is solved if no more than this share of its reducible error is left.
    private const double Solved = 1e-6;

    // The steps in which conjugate gradients solve a linear layer: its inputs over the directions per step, rounded up.
    private const int Steps = (Eigenmodes.Inputs + Eigenmodes.Compared - 1) / Eigenmodes.Compared;

    public static IEnumerable<Claim> Claims =>
        [
            Claim(Evidences.Note, "gaussian", "Steps along fresh random directions are like conjugate gradients"),
            Claim(
                Evidences.Corrected,
                "conjugate",
                "Steps along directions made conjugate to those before are like conjugate gradients"
            ),
        ];

    private static Claim Claim(string source, string draw, string statement) =>
        Evidences.Claim($"T6/{draw}", source, statement, "eigenmodes", evidence => Decide(draw, evidence));

    private static Finding Decide(string draw, Evidence evidence)
    {
        ArmCurves curves = new(evidence.Table<CurveRow>("eigenmodes", Eigenmodes.CurvesName));
        IReadOnlyList<(double At, double[] Values)> points = curves.Points(
            Eigenmodes.ArmOf(draw, Eigenmodes.Compared),
            Eigenmodes.Reducible
        );
        if (points.Count <= Steps)
        {
            throw new MissingEvidenceException($"{draw} directions were not run");
        }

        // The point of step s + 1 is what s steps left.
        double share = points[Steps].Values.Zip(points[0].Values, (left, start) => left / start).Max();
        string value = string.Create(
            CultureInfo.InvariantCulture,
            $"share of a linear layer's reducible error left after "
                + $"⌈{Eigenmodes.Inputs}/{Eigenmodes.Compared}⌉ = {Steps} steps of {Eigenmodes.Compared} "
                + $"directions: at most {share:0.0e0}; conjugate gradients would have none"
        );
        return Finding.Of(value, share < Solved, points[0].Values.Length);
    }
}
