using System.Text.Json.Nodes;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Studies.Comparisons;

namespace Reproduction.CommandLine.Commands;

/// <summary>Writes the answer to a question about rules as JSON.</summary>
internal static class CompareJson
{
    public static JsonObject Of(
        DataSet data,
        Question question,
        IReadOnlyList<long> seeds,
        SavedComparison comparison,
        IReadOnlyList<string> unrepeatable,
        bool holds
    ) =>
        new()
        {
            ["dataset"] = data.Id,
            ["dataSetSha256"] = data.Sha256,
            ["question"] = question.Name,
            ["probe"] = question.Probe,
            ["estimand"] = KebabCase.From(question.Terms.Estimand),
            ["margin"] = question.Terms.Margin,
            ["threshold"] = question.Terms.Threshold,
            ["family"] = question.Comparisons,
            ["level"] = question.Terms.Level,
            ["simultaneous"] = question.Terms.IsSimultaneous,
            ["seeds"] = new JsonArray([.. seeds.Select(seed => (JsonNode)seed)]),
            ["holds"] = holds,
            ["unrepeatable"] = new JsonArray([.. unrepeatable.Select(rule => (JsonNode)rule)]),
            ["comparisons"] = new JsonArray([.. comparison.Verdicts.Select(Of)]),
            ["costs"] = new JsonArray([.. comparison.CostRows.Select(Of)]),
        };

    private static JsonObject Of(DecisionRow row) =>
        new()
        {
            ["rule"] = row.Arm,
            ["hidden"] = row.Hidden,
            ["layer"] = row.Layer,
            ["units"] = row.Units,
            ["seeds"] = row.Seeds,
            ["diverged"] = row.Diverged,
            ["testSamples"] = row.Samples,
            ["accuracy"] = row.RuleAccuracy,
            ["randomAccuracy"] = row.RandomAccuracy,
            ["difference"] = row.Difference,
            ["low"] = row.Low,
            ["high"] = row.High,
            ["level"] = row.Level,
            ["verdict"] = KebabCase.From(row.Verdict),
            ["text"] = row.VerdictText,
            ["standardizedDifference"] = row.StandardizedDifference,
            ["superiority"] = row.Superiority,
            ["superiorityLow"] = row.SuperiorityLow,
            ["superiorityHigh"] = row.SuperiorityHigh,
            ["seedsNeeded"] = row.SeedsNeeded,
            ["samplesNeeded"] = row.SamplesNeeded,
        };

    private static JsonObject Of(CostRow row) =>
        new()
        {
            ["rule"] = row.Arm,
            ["hidden"] = row.Hidden,
            ["epochs"] = row.Epochs,
            ["batch"] = row.Batch,
            ["optimizer"] = row.Optimizer,
            ["learningRate"] = row.LearningRate,
            ["initialScale"] = row.InitialScale,
            ["steps"] = row.Steps,
            ["seconds"] = row.Seconds,
            ["multiplyAddsPerSample"] = row.MultiplyAddsPerSample,
        };
}
