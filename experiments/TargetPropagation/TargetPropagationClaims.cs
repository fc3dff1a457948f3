using System.Globalization;
using MathNet.Numerics.Statistics;
using Reproduction.Data;
using Reproduction.Experiments.Families;
using Reproduction.Statistics;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// What "A Backpropagation Alternative" says, T1 to T7, in words, as the text reports no experiment; and what it says
/// with a step put right, which is this suite's.
/// </summary>
internal sealed class TargetPropagationClaims : PaperClaims
{
    private const string Note = "A Backpropagation Alternative";
    private const string Corrected = "A Backpropagation Alternative, a step put right";
    private const string NoNumber = "in words";

    // Double precision's rounding, with a margin for sums of hundreds of products.
    private const double Rounding = 1e-9;

    // Steps at the end of a pass over which the loss is averaged.
    private const int LastSteps = 20;

    // Rank correlation with the error taken away from which an indicator marks directions.
    private const double Marks = -0.1;

    // What the loss has grown by where it is no use to say how much.
    private const double Exploded = 1e6;

    // Rank correlation of the error with the number of directions below which more help.
    private const double Falls = -0.9;

    // How far a ratio of terms may be from the ratio of learning rates.
    private const double Proportional = 1e-3;

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
            Learns(
                "T2",
                Note,
                TargetPropagationProtocol.AsWritten,
                "The method as written reduces the error in a batch-averaged sense"
            ),
            .. TargetPropagationProtocol
                .Estimators.Skip(1)
                .Select(estimator =>
                    Learns(
                        $"T3/{estimator}",
                        Corrected,
                        estimator,
                        $"With the denominators put right it does, by {Spelled(estimator)}"
                    )
                ),
            .. FactorRuns.Batches.Select(batch =>
                VarianceMarks(
                    Note,
                    "variance",
                    batch,
                    "A high variance of the factors marks directions that do not help"
                )
            ),
            .. FactorRuns.Batches.Select(batch =>
                VarianceMarks(
                    Corrected,
                    "disagreement",
                    batch,
                    "So does the variance of their weighted mean over its square"
                )
            ),
            MoreDirectionsHelp(),
            LikeConjugateGradients(
                Note,
                "gaussian",
                "Steps along fresh random directions are like conjugate gradients"
            ),
            LikeConjugateGradients(
                Corrected,
                "conjugate",
                "Steps along directions made conjugate to those before are like conjugate gradients"
            ),
            TrainsLowerLayers(
                Note,
                "inverse/0.1",
                FamilyComparison.ByInverse,
                "Targets propagated through the inverse of an activation train lower layers: the hidden "
                    + "layer beats random projections, leaky ReLU of slope 0.1"
            ),
            TrainsLowerLayers(
                Note,
                "inverse/0.5",
                FamilyComparison.ByInverseFlatter,
                "Targets propagated through the inverse of an activation train lower layers: the hidden "
                    + "layer beats random projections, leaky ReLU of slope 0.5"
            ),
            TrainsLowerLayers(
                Corrected,
                "slope",
                FamilyComparison.Found,
                "Targets propagated by the activation's slope train lower layers, leaky ReLU of slope 0.1"
            ),
        ];

    private static Claim LengthNoise() =>
        Of(
            "T1",
            Note,
            "A finite step on weights and inputs at once has quadratic terms and \"length noise\"",
            "expansion",
            evidence =>
            {
                ArmMeasures data = new(evidence.Table<MeasureRow>("expansion", "expansion"));
                string Size(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
                double deviation = data.Arms.SelectMany(arm => data.Values(arm, "deviation")).Max();
                bool holds = deviation < Rounding;
                List<string> values = [];
                foreach (string arm in data.Arms)
                {
                    double[] rates = Expansion.Rates(data, arm);
                    double Ratio(string term, string to, double rate) =>
                        data.Values(arm, Expansion.Key(term, rate)).Average()
                        / data.Values(arm, Expansion.Key(to, rate)).Average();
                    double growth = Ratio("quadratic", "linear", rates[^1]) / Ratio("quadratic", "linear", rates[0]);
                    values.Add(
                        $"{arm}: the output moves {Size(Ratio("measured", "ideal", rates[0]))} times as "
                            + "far as η·dy at the least η, and the quadratic term is "
                            + $"{Size(100 * Ratio("quadratic", "linear", rates[^1]))} % of the linear one at η "
                            + $"= {Size(rates[^1])}"
                    );
                    holds &=
                        Ratio("measured", "ideal", rates[0]) > 1
                        && Math.Abs(growth / (rates[^1] / rates[0]) - 1) < Proportional;
                }

                return Finding.Of(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"measured and predicted changes differ by {deviation:0e0} of the change; "
                    ) + string.Join("; ", values),
                    holds,
                    data.Seeds
                );
            }
        );

    private static Claim Learns(string id, string source, string estimator, string statement) =>
        Of(
            id,
            source,
            statement,
            "estimators",
            evidence =>
            {
                ArmRuns<AccuracyRow> data = AccuracyRow.ByArm(evidence.Table<AccuracyRow>("estimators", "estimators"));
                string arm = EstimatorCurves.ArmOf(estimator);
                if (data.Count(arm) == 0)
                {
                    throw new MissingEvidenceException($"{arm} was not run");
                }

                string Accuracy(string of) =>
                    $"test accuracy {Cells.Mean(data.Percent(of, row => row.TestAccuracy), 1)} %";
                string more =
                    estimator == TargetPropagationProtocol.LeastSquares
                        ? string.Concat(
                            EstimatorCurves
                                .Arms.Where(other =>
                                    other != arm && other.StartsWith("least squares", StringComparison.Ordinal)
                                )
                                .Select(other => $"; {other}: {Accuracy(other)}")
                        )
                        : "";
                if (data.HasDiverged(arm))
                {
                    return Finding.Of(
                        $"{arm}, one pass: "
                            + $"{data.Values(arm, row => row.TestAccuracy).Count(accuracy => accuracy is null)} of "
                            + $"{data.Count(arm)} runs diverged{more}",
                        false,
                        data.Count(arm)
                    );
                }

                double[][] losses =
                [
                    .. new ArmCurves(evidence.Table<CurveRow>("estimators", EstimatorCurves.LossName))
                        .Points(arm, MeasureNames.TrainingLoss)
                        .Select(point => point.Values),
                ];
                double[] ends =
                [
                    .. Enumerable
                        .Range(0, losses[0].Length)
                        .Select(seed => losses[^LastSteps..].Average(step => step[seed]) / losses[0][seed]),
                ];
                string Ratio(double ratio) =>
                    ratio > Exploded
                        ? string.Create(CultureInfo.InvariantCulture, $"more than {Exploded:0e0}")
                        : ratio.ToString("0.00", CultureInfo.InvariantCulture);
                return Finding.Of(
                    $"{arm}, one pass: training loss of the last {LastSteps} steps over that of the first "
                        + $"from {Ratio(ends.Min())} to {Ratio(ends.Max())} by seed, {Accuracy(arm)}{more}",
                    ends.Max() < 1,
                    ends.Length
                );
            }
        );

    private static string Spelled(string estimator) =>
        estimator switch
        {
            "trimmed" => "the trimmed mean of the factors",
            TargetPropagationProtocol.LeastSquares => "least squares, which weighs the factors",
            _ => $"the {estimator} of the factors",
        };

    private static Claim VarianceMarks(string source, string indicator, int batch, string statement) =>
        Of(
            $"T4/{indicator}/{batch}",
            source,
            $"{statement}, batches of {batch}",
            "agreement",
            evidence =>
            {
                ArmMeasures data = new(evidence.Table<MeasureRow>("agreement", Agreement.RankName));
                (string Layer, SeedInterval Rank)[] ranks =
                [
                    .. FactorRuns.Layers.Select(layer =>
                        (
                            layer,
                            data.Values(FactorRuns.Arm(batch), $"{indicator}.{layer}") is { Length: > 0 } values
                                ? SeedInterval.Of(values)
                                : throw new MissingEvidenceException($"batch {batch} was not run")
                        )
                    ),
                ];
                return Finding.Of(
                    "rank correlation with the error taken away on other samples: "
                        + string.Join(
                            ", ",
                            ranks.Select(rank =>
                                $"{rank.Layer} {Cells.Signed(rank.Rank.Mean, 3)}"
                                + (rank.Rank.HasInterval ? $" ± {Cells.Number(rank.Rank.HalfWidth, 3)}" : "")
                            )
                        ),
                    ranks.All(rank => rank.Rank.HasInterval && rank.Rank.Mean + rank.Rank.HalfWidth < Marks),
                    ranks[0].Rank.Count
                );
            }
        );

    private static Claim MoreDirectionsHelp() =>
        Of(
            "T5",
            Note,
            "More directions a layer help, at higher cost",
            "directions",
            evidence =>
            {
                ArmRuns<AccuracyRow> data = AccuracyRow.ByArm(evidence.Table<AccuracyRow>("directions", "directions"));
                ArmCurves curves = new(evidence.Table<CurveRow>("directions", DirectionCount.CurvesName));
                IReadOnlyList<StepCostRow> costs = evidence.Table<StepCostRow>(
                    "directions",
                    DirectionCount.SecondsName
                );
                int[] counts = [.. DirectionCount.Counts.Where(count => data.Count(DirectionCount.ArmOf(count)) > 0)];

                // By count, then by seed; a diverged run is wrong throughout.
                double[][] errors =
                [
                    .. counts.Select(count =>
                        data.Values(DirectionCount.ArmOf(count), row => row.ValidationAccuracy)
                            .Select(accuracy => 1 - (accuracy ?? 0))
                            .ToArray()
                    ),
                ];
                double[] operations =
                [
                    .. counts.Select(count => costs.First(row => row.Arm == DirectionCount.ArmOf(count)).Operations),
                ];
                string Reaches(int i) =>
                    curves
                        .Points(DirectionCount.ArmOf(counts[i]), MeasureNames.ValidationAccuracy)
                        .FirstOrDefault(point => 1 - point.Values.Average() <= Target)
                        is { Values: not null } reached
                        ? string.Create(CultureInfo.InvariantCulture, $"{reached.At * operations[i]:0.0e0}")
                        : "never";

                // Up to as many as there are hidden units.
                int[] rising =
                [
                    .. Enumerable.Range(0, counts.Length).Where(i => counts[i] <= TargetPropagationProtocol.Units),
                ];
                double[] ranks =
                [
                    .. Enumerable
                        .Range(0, errors[0].Length)
                        .Select(seed =>
                            Correlation.Spearman(
                                rising.Select(i => (double)counts[i]),
                                rising.Select(i => errors[i][seed])
                            )
                        ),
                ];
                string value =
                    "validation error in % with k = "
                    + string.Join(
                        ", ",
                        counts.Zip(errors, (count, error) => $"{count}: {Cells.Number(100 * error.Average(), 1)}")
                    )
                    + string.Create(
                        CultureInfo.InvariantCulture,
                        $"; rank correlation with k up to {TargetPropagationProtocol.Units} at most "
                            + $"{ranks.Max():0.00} in any seed; operations until the error is {100 * Target:0} "
                            + $"%: "
                    )
                    + string.Join(", ", counts.Select((count, i) => $"{count}: {Reaches(i)}"));
                return Finding.Of(
                    value,
                    ranks.Max() < Falls && operations.Order().SequenceEqual(operations),
                    ranks.Length
                );
            }
        );

    private static Claim LikeConjugateGradients(string source, string draw, string statement) =>
        Of(
            $"T6/{draw}",
            source,
            statement,
            "eigenmodes",
            evidence =>
            {
                ArmCurves curves = new(evidence.Table<CurveRow>("eigenmodes", Eigenmodes.CurvesName));
                int steps = (Eigenmodes.Inputs + Eigenmodes.Compared - 1) / Eigenmodes.Compared;
                IReadOnlyList<(double At, double[] Values)> points = curves.Points(
                    Eigenmodes.ArmOf(draw, Eigenmodes.Compared),
                    Eigenmodes.Reducible
                );
                if (points.Count <= steps)
                {
                    throw new MissingEvidenceException($"{draw} directions were not run");
                }

                // The point of step s + 1 is what s steps left.
                double share = points[steps].Values.Zip(points[0].Values, (left, start) => left / start).Max();
                return Finding.Of(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"share of a linear layer's reducible error left after "
                            + $"⌈{Eigenmodes.Inputs}/{Eigenmodes.Compared}⌉ = {steps} steps of {Eigenmodes.Compared} "
                            + $"directions: at most {share:0.0e0}; conjugate gradients would have none"
                    ),
                    share < Solved,
                    points[0].Values.Length
                );
            }
        );

    private static Claim TrainsLowerLayers(string source, string pass, string arm, string statement) =>
        Of(
            $"T7/{pass}",
            source,
            statement,
            "families",
            evidence =>
            {
                ArmRuns<ProbedRow> data = ProbedRow.ByArm(evidence.Table<ProbedRow>("families", "families"));
                if (data.Count(arm) == 0)
                {
                    throw new MissingEvidenceException($"{arm} was not run");
                }

                string accuracy = $"test accuracy {Cells.Mean(data.Percent(arm, row => row.TestAccuracy), 2)} %";
                DecisionRow? decision = evidence
                    .Table<DecisionRow>("families", FamilyComparison.DecisionsName)
                    .FirstOrDefault(row => row.Rule == arm);
                return data.HasDiverged(arm) || decision is null
                    ? Finding.Of(accuracy, false, data.Count(arm))
                    : Finding.Of(
                        $"{accuracy}; ridge probe on {TargetPropagationProtocol.Units} hidden units less the same "
                            + $"untrained {decision.Text}",
                        decision.Verdict == Verdict.Beats,
                        decision.IsProvisional ? 0 : decision.Seeds
                    );
            }
        );

    private static Claim Of(
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
            NoNumber,
            IdxDataSet.Mnist.Id,
            $"{TargetPropagationProtocol.Paper}/{experiment}",
            decide
        );
}
