using Reproduction.Evaluation;

namespace Reproduction.Experiments;

/// <summary>The saved tables of one experiment, and where they come from.</summary>
/// <param name="Path">The folder of its CSV files.</param>
/// <param name="DataSetId">The data set's name on the command line.</param>
/// <param name="Provenance">What was noted with them.</param>
public sealed record ResultFolder(string Path, string DataSetId, Provenance Provenance)
{
    public ResultTable Table(string name) => ResultTable.Load(Path, name);
}
