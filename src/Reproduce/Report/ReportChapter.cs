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
);
