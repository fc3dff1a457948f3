using Reproduction.Evaluation.Records;
using Reproduction.Studies;

namespace Reproduction.CommandLine.Report;

/// <summary>The chapter on one paper, data set and profile.</summary>
/// <param name="Title">The title of the paper.</param>
/// <param name="Profile">The profile; null for comparisons that a user made.</param>
/// <param name="DataSet">The title of the data set.</param>
internal sealed record ReportChapter(
    string Title,
    Profile? Profile,
    string DataSet,
    IReadOnlyList<ReportSection> Sections
)
{
    /// <summary>The heading: a question, as those of the sections.</summary>
    public string Heading =>
        Profile == Studies.Profile.Paper ? $"{Title}: what came of it on {DataSet}?" : $"{Title}: {DataSet}";

    /// <summary>The profile in words; empty for comparisons.</summary>
    public string ProfileName => Profile is { } profile ? KebabCase.From(profile) : "";

    /// <summary>The paper's folder.</summary>
    public string Paper => Sections[0].Id.Split('/')[0];

    /// <summary>The seeds of all its runs.</summary>
    public IReadOnlyList<long> Seeds =>
        [.. Sections.SelectMany(section => section.Provenance.Seeds).Distinct().Order()];
}
