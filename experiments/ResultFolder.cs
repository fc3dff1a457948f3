using Reproduction.Evaluation;

namespace Reproduction.Experiments;

/// <summary>The CSV files of one paper, data set and profile, and what was noted with them.</summary>
/// <param name="Path">The folder.</param>
/// <param name="DataSetTitle">For figures: what the results were made from.</param>
/// <param name="DataSetId">The data set's name on the command line.</param>
public sealed record ResultFolder(string Path, string DataSetId, string DataSetTitle)
{
    public ResultTable Table(string name) => ResultTable.Load(Path, name);
}
