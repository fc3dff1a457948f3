using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>T6: steps along random directions are like conjugate gradients.</summary>
internal static class T6LikeConjugateGradients
{
    private const string Experiment = "eigenmodes";

    // A layer is solved if no more than this share of its reducible error is left.
    private const double Solved = 1e-6;

    // What counts as nothing left, where a logarithm is needed.
    private const double Nothing = 1e-30;

    // The steps in which conjugate gradients solve a linear layer: its inputs over the directions per step, rounded up.
    private const int Steps = (Eigenmodes.Inputs + Eigenmodes.Compared - 1) / Eigenmodes.Compared;

    public static IEnumerable<Claim> Claims =>
        [
            Claim("gaussian", "Steps along fresh random directions are like conjugate gradients"),
            Claim("conjugate", "Steps along directions made conjugate to those before are like conjugate gradients"),
        ];

    private static Claim Claim(string draw, string statement) =>
        Evidences.Claim(
            $"T6/{draw}",
            "Remarks, 5",
            "Like conjugate gradient methods, you update along a specific direction, compute how well it reduces the "
                + "residual, and then proceed",
            statement,
            Experiment,
            $"shown: after ⌈{Eigenmodes.Inputs}/{Eigenmodes.Compared}⌉ = {Steps} steps of {Eigenmodes.Compared} "
                + "directions, in which conjugate gradients solve a linear layer, the share of its reducible error "
                + "that is left lies below 10⁻⁶, geometric mean over seeds",
            evidence => Decide(draw, evidence)
        ) with
        {
            Needs = [ClaimNeed.Of<string>(Experiment, arm => arm == Eigenmodes.ArmOf(draw, Eigenmodes.Compared))],
        };

    private static Finding Decide(string draw, Evidence evidence)
    {
        ArmCurves curves = new(evidence.Table<CurveRow>(Experiment, Eigenmodes.CurvesName));
        IReadOnlyList<(double At, double[] Values)> points = curves.Points(
            Eigenmodes.ArmOf(draw, Eigenmodes.Compared),
            Eigenmodes.Reducible
        );
        if (points.Count <= Steps)
        {
            throw new MissingEvidenceException($"{draw} directions were not run");
        }

        // The point of step s + 1 is what s steps left.
        double[] shares = [.. points[Steps].Values.Zip(points[0].Values, (left, start) => left / start)];
        return new Finding(
            Quantity
                .Ratio("share of the reducible error left", [.. shares.Select(s => Math.Log(Math.Max(s, Nothing)))])
                .Below(Solved)
        );
    }
}
