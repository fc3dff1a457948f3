using System.Text;
using System.Text.Json;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Studies.Results;

namespace Reproduction.Studies.Shards;

/// <summary>
/// The plan that the shards of a set of experiments share, saved by each of them beside its runs. It suffices to name
/// every run without the data.
/// </summary>
public sealed record ShardPlan
{
    private static readonly JsonSerializerOptions Indented = new(RunJson.Options) { WriteIndented = true };

    /// <summary>The ids of the experiments, all of which run on the same data set.</summary>
    public required string[] Experiments { get; init; }

    public required Profile Profile { get; init; }

    /// <summary>The data set's id.</summary>
    public required string DataSet { get; init; }

    public required string DataSetSha256 { get; init; }

    public required int TrainingSamples { get; init; }

    public required long[] Seeds { get; init; }

    /// <summary>The ids of the plugins' rules that take part.</summary>
    public required string[] Plugged { get; init; }

    /// <summary>Returns the plan for the experiments.</summary>
    /// <exception cref="ResultsException">A rule that the shards used is not available.</exception>
    public ExperimentPlan ToPlan(RuleCatalog rules) =>
        new(DataSet, Profile, Seeds, rules)
        {
            TrainingSamples = TrainingSamples,
            Plugged = [.. Plugged.Select(id => Rule(rules, id))],
        };

    private static RuleDescription Rule(RuleCatalog rules, string id)
    {
        try
        {
            return rules[id];
        }
        catch (SpecificationException exception)
        {
            throw new ResultsException(
                $"rule {id}: the shards had it from a plugin, which is to be named with --plugin ({exception.Message})",
                exception
            );
        }
    }

    /// <summary>
    /// Saves the plan in the results folder. Shards of the same plan save the same file; a plan with other seeds or
    /// data replaces the previous one, as its tables do.
    /// </summary>
    public void Save(ResultLayout layout)
    {
        string checksum = ResultFolder.Checksum(Encoding.UTF8.GetBytes(string.Join(' ', Experiments)))[..12];
        AtomicFile.Write(
            Path.Combine(layout.Plans, $"{KebabCase.From(Profile)}-{DataSet}-{checksum}.json"),
            JsonSerializer.SerializeToUtf8Bytes(this, Indented)
        );
    }

    /// <summary>Returns all plans in a results folder, sorted by file name.</summary>
    /// <exception cref="ResultsException">A plan is damaged.</exception>
    public static IReadOnlyList<ShardPlan> In(ResultLayout layout) =>
        !Directory.Exists(layout.Plans)
            ? []
            : [.. Directory.EnumerateFiles(layout.Plans, "*.json").Order(StringComparer.Ordinal).Select(Load)];

    private static ShardPlan Load(string path)
    {
        ShardPlan? plan = RunJson.Read<ShardPlan>(File.ReadAllBytes(path));
        return
            plan is { Seeds.Length: > 0 and <= ExperimentPlan.MostSeeds, Experiments.Length: > 0 }
            && Provenance.IsSha256(plan.DataSetSha256)
            && plan.Plugged.All(id => id is not null)
            && plan.DataSet != DataSets.Auto
            && DataSets.Names.Contains(plan.DataSet)
            && plan.Experiments.All(id => ExperimentCatalog.All.Any(experiment => experiment.Id == id))
            ? plan
            : throw new ResultsException(
                $"{path}: damaged, or of another version; remove it, a shard that is run again writes it anew"
            );
    }
}
