using System.Globalization;
using Reproduction.Data;
using Reproduction.Evaluation;
using Reproduction.Experiments.Claims;
using Reproduction.Experiments.Comparison;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>What "A Backpropagation Alternative" says, T1 to T7: in words, as the text reports no experiment.</summary>
public sealed class TargetPropagationClaims : PaperClaims
{
    private const string Note = "A Backpropagation Alternative";
    private const string NoNumber = "in words";

    // Double precision's rounding, with a margin for sums of hundreds of products.
    private const double Rounding = 1e-9;

    // Twice what guessing reaches among ten classes.
    private const double Learned = 0.2;

    // A layer is solved if no more than this share of its reducible error is left.
    private const double Solved = 1e-6;

    // The validation error to which operations are counted.
    private const double Target = 0.15;

    /// <inheritdoc/>
    public override string Paper => TargetPropagationProtocol.Paper;

    /// <inheritdoc/>
    public override IEnumerable<Claim> Claims =>
    [
        LengthNoise(),
        Learns("T2", TargetPropagationProtocol.AsWritten, "The method as written reduces the error in a batch-averaged sense"),
        .. TargetPropagationProtocol.Estimators.Skip(1).Select(estimator => Learns($"T3/{estimator}", estimator, $"With the denominators put right it does, by the {estimator.Replace('-', ' ')} of the factors")),
        .. from indicator in new[] { ("variance", "A high variance of the factors marks directions that do not help"), ("disagreement", "So does the variance of their weighted mean over its square") }
           from batch in FactorRuns.Batches
           select VarianceMarks(indicator.Item1, batch, indicator.Item2),
        MoreDirectionsHelp(),
        LikeConjugateGradients("gaussian", "Steps along fresh random directions are like conjugate gradients"),
        LikeConjugateGradients("conjugate", "Steps along directions made conjugate to those before are like conjugate gradients"),
        TrainsLowerLayers("inverse", Families.ByInverse, "Targets propagated through the inverse of an activation train lower layers: the hidden layer beats random projections"),
        TrainsLowerLayers("slope", Families.Found, "Targets propagated by the activation's slope do"),
    ];

    private static Claim LengthNoise() => Of(
        "T1", "A finite step on weights and inputs at once has quadratic terms and \"length noise\"", "expansion",
        evidence =>
        {
            ArmRows data = new(evidence.Table("expansion", "expansion"));
            string Size(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
            double[] deviations = [.. data.Arms.SelectMany(arm => data.Measure(arm, "deviation"))];
            bool holds = deviations.Max() < Rounding;
            List<string> values = [];
            foreach (string arm in data.Arms)
            {
                double largest = Expansion.Rates(data, arm)[^1];
                double Mean(string term) => SeedInterval.Of(data.Measure(arm, Expansion.Key(term, largest))).Mean;
                values.Add($"{arm}: the output moves {Size(Mean("linear") / Mean("ideal"))} times as far as η·dy, the quadratic term at η = {Size(largest)} is {Size(100 * Mean("quadratic") / Mean("linear"))} % of the linear one");
                holds &= Mean("linear") > Mean("ideal");
            }

            return Finding.Of(string.Create(CultureInfo.InvariantCulture, $"measured and predicted changes differ by less than {deviations.Max():0e0}; ") + string.Join("; ", values), holds, data.Seeds);
        });

    private static Claim Learns(string id, string estimator, string statement) => Of(
        id, statement, "estimators",
        evidence =>
        {
            ArmRows data = new(evidence.Table("estimators", "estimators"));
            string arm = EstimatorCurves.ArmOf(estimator);
            IReadOnlyList<double?> accuracies = data.Values(arm, "testAccuracy");
            if (accuracies.Count == 0)
            {
                throw new MissingEvidenceException($"{arm} was not run");
            }

            string Percent(string of) => Cells.Mean([.. data.Values(of, "testAccuracy").Select(accuracy => 100 * accuracy)], 1);
            string more = estimator == TargetPropagationProtocol.LeastSquares
                ? string.Concat(EstimatorCurves.Arms.Where(other => other != arm && other.StartsWith("least squares", StringComparison.Ordinal)).Select(other => $"; {other}: {Percent(other)} %"))
                : "";
            return Finding.Of($"test accuracy of one pass, {arm}: {Percent(arm)} %{more}", accuracies.All(accuracy => accuracy > Learned), accuracies.Count);
        });

    private static Claim VarianceMarks(string indicator, int batch, string statement) => Of(
        $"T4/{indicator}/{batch}", $"{statement}, batches of {batch}", "agreement",
        evidence =>
        {
            ArmRows data = new(evidence.Table("agreement", Agreement.RankName));
            (string Layer, SeedInterval Rank)[] ranks = [.. FactorRuns.Layers.Select(layer => (layer, data.Measure($"batch {batch}", $"{indicator}.{layer}") is { Length: > 0 } values ? SeedInterval.Of(values) : throw new MissingEvidenceException($"batch {batch} was not run")))];
            return Finding.Of(
                "rank correlation with the error taken away on other samples: " + string.Join(", ", ranks.Select(rank => $"{rank.Layer} {Cells.Signed(rank.Rank.Mean, 3)}{(rank.Rank.HasInterval ? $" ± {Cells.Number(rank.Rank.HalfWidth, 3)}" : "")}")),
                ranks.All(rank => rank.Rank.HasInterval && rank.Rank.Mean + rank.Rank.HalfWidth < 0), ranks[0].Rank.Count);
        });

    private static Claim MoreDirectionsHelp() => Of(
        "T5", "More directions a layer help, at higher cost", "directions",
        evidence =>
        {
            ArmRows data = new(evidence.Table("directions", "directions")), curves = new(evidence.Table("directions", DirectionCount.CurvesName)), costs = new(evidence.Table("directions", DirectionCount.SecondsName));
            int[] counts = [.. DirectionCount.Counts.Where(count => data.Count(DirectionCount.ArmOf(count)) > 0)];
            double[] errors = [.. counts.Select(count => SeedInterval.Of([.. data.Values(DirectionCount.ArmOf(count), "validationAccuracy").Select(accuracy => 1 - (accuracy ?? 0))]).Mean)];
            string Reaches(int count)
            {
                (double At, double[] Values)[] reached = [.. curves.Points(DirectionCount.ArmOf(count), MeasureNames.ValidationAccuracy).Where(point => 1 - point.Values.Average() <= Target)];
                return reached.Length == 0 ? "never" : string.Create(CultureInfo.InvariantCulture, $"{reached[0].At * costs.Values(DirectionCount.ArmOf(count), DirectionCount.Operations)[0]!.Value:0.0e0}");
            }

            string value = "validation error in % with k = " + string.Join(", ", counts.Zip(errors, (count, error) => $"{count}: {Cells.Number(100 * error, 1)}"))
                + string.Create(CultureInfo.InvariantCulture, $"; operations until it is {100 * Target:0} %: ") + string.Join(", ", counts.Select(count => $"{count}: {Reaches(count)}"));

            // Each doubling helps until there are as many directions as hidden units.
            int[] rising = [.. Enumerable.Range(1, counts.Length - 1).Where(i => counts[i] <= TargetPropagationProtocol.Units)];
            return Finding.Of(value, rising.Length > 0 && rising.All(i => errors[i] < errors[i - 1]), data.Seeds);
        });

    private static Claim LikeConjugateGradients(string draw, string statement) => Of(
        $"T6/{draw}", statement, "eigenmodes",
        evidence =>
        {
            ArmRows curves = new(evidence.Table("eigenmodes", Eigenmodes.CurvesName));
            int steps = (Eigenmodes.Inputs + Eigenmodes.Compared - 1) / Eigenmodes.Compared;
            IReadOnlyList<(double At, double[] Values)> points = curves.Points(Eigenmodes.ArmOf(draw, Eigenmodes.Compared), Eigenmodes.Reducible);
            if (points.Count <= steps)
            {
                throw new MissingEvidenceException($"{draw} directions were not run");
            }

            // The point of step s + 1 is what s steps left.
            double share = points[steps].Values.Zip(points[0].Values, (left, start) => left / start).Max();
            return Finding.Of(
                string.Create(CultureInfo.InvariantCulture, $"share of a linear layer's reducible error left after ⌈{Eigenmodes.Inputs}/{Eigenmodes.Compared}⌉ = {steps} steps of {Eigenmodes.Compared} directions: at most {share:0.0e0}; conjugate gradients would have none"),
                share < Solved, points[0].Values.Length);
        });

    private static Claim TrainsLowerLayers(string pass, string arm, string statement) => Of(
        $"T7/{pass}", statement, "families",
        evidence =>
        {
            ResultTable decisions = evidence.Table("families", Families.DecisionsName);
            ArmRows data = new(evidence.Table("families", "families"));
            string[] row = decisions.Rows.FirstOrDefault(row => decisions.Text(row, "rule") == arm) ?? throw new MissingEvidenceException($"{arm} was not run");
            string accuracy = Cells.Mean([.. data.Values(arm, "testAccuracy").Select(value => 100 * value)], 2);
            return Finding.Of(
                $"test accuracy {accuracy} %; ridge probe on {TargetPropagationProtocol.Units} hidden units less the same untrained {RandomProjectionFamily.Text(decisions, row)}",
                decisions.Text(row, "verdict") == KebabCase.From(Verdict.Beats), decisions.Number(row, "provisional") == 1 ? 0 : (int)decisions.Number(row, "seeds")!.Value);
        });

    private static Claim Of(string id, string statement, string experiment, Func<Evidence, Finding> decide) =>
        new(id, Note, statement, NoNumber, IdxDataSet.Mnist.Id, $"{TargetPropagationProtocol.Paper}/{experiment}", decide);
}
