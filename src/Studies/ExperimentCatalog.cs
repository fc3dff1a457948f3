using Reproduction.Evaluation.Records;

namespace Reproduction.Studies;

/// <summary>The experiments of all papers in the suite's assemblies, found by reflection.</summary>
public static class ExperimentCatalog
{
    /// <summary>All experiments, sorted by id.</summary>
    public static IReadOnlyList<Experiment> All { get; } =
    [.. Discovered.Instances<Experiment>().OrderBy(experiment => experiment.Id, StringComparer.Ordinal)];

    /// <summary>
    /// Returns the experiments with the given names. A name is a whole id, a paper, or the last part of an id; without
    /// any name, all experiments are returned.
    /// </summary>
    /// <exception cref="SpecificationException"> A name matches no experiment, or experiments of several papers.
    /// </exception>
    public static IReadOnlyList<Experiment> Select(IReadOnlyList<string> names) =>
        names.Count == 0 ? All : [.. names.SelectMany(Find).Distinct()];

    private static IReadOnlyList<Experiment> Find(string name)
    {
        Experiment[] found =
        [
            .. All.Where(experiment => experiment.Id == name || experiment.Paper == name || experiment.Name == name),
        ];
        if (found.Length == 0)
        {
            // A word that is no option of the command ends up among the names.
            if (name.StartsWith("--", StringComparison.Ordinal))
            {
                throw new SpecificationException(
                    $"unknown option '{name}'; 'run --help' and 'figures --help' say which there are"
                );
            }

            throw new SpecificationException(
                $"unknown experiment '{name}'; there are: " + string.Join(", ", All.Select(experiment => experiment.Id))
            );
        }

        return found.Select(experiment => experiment.Paper).Distinct().Count() == 1
            ? found
            : throw new SpecificationException(
                $"'{name}' may be {string.Join(" or ", found.Select(experiment => experiment.Id))}; say which"
            );
    }
}
