using Reproduction.Studies;

namespace Reproduction.CommandLine.Report;

/// <summary>What was run of one paper on one data set in one profile.</summary>
/// <param name="Title">Of the paper.</param>
/// <param name="Profile">Null for comparisons that a user made.</param>
/// <param name="DataSet">Its title.</param>
internal sealed record ReportChapter(
    string Title,
    Profile? Profile,
    string DataSet,
    IReadOnlyList<ReportSection> Sections
);
