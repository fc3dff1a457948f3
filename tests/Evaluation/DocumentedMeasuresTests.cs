using System.Text.RegularExpressions;
using Reproduction.Evaluation.Records;

namespace Reproduction.Tests.Evaluation;

/// <summary>Tests that docs/measures.md names everything that runs record.</summary>
public partial class DocumentedMeasuresTests
{
    [Fact]
    public void Every_measure_and_curve_of_every_rule_is_on_the_page()
    {
        string[] documented =
        [
            .. File.ReadLines(Path.Combine(RealData.Root, "docs", "measures.md"))
                .Where(line => line.StartsWith('|'))
                .SelectMany(line => Name().Matches(line))
                .Select(match => match.Groups["name"].Value)
                .Distinct(),
        ];
        string[] recorded =
        [
            .. Toy
                .WithGallery.Rules.SelectMany(rule =>
                {
                    RunRecord record = Toy.Run(
                        rule.Spec("toy", [16], 1, ["ridge", "softmax", "published", "published+validation"]) with
                        {
                            Snapshots = 16,
                            Hidden = [8, 6],
                            Diagnostics = 5,
                            Epochs = 1,
                            Batch = rule.Attribute.Batch == 0 ? 0 : 4,
                            HoldOutValidation = true,
                        }
                    );
                    return record.Measures.Keys.Concat(record.Curves.Keys).Select(General);
                })
                .Distinct(),
        ];
        Assert.True(recorded.Length > 30);
        Assert.Empty(recorded.Except(documented).Order(StringComparer.Ordinal));

        // The page names nothing else, except for measures that only a regression records.
        Assert.Equal(
            ["testNmse", "testNmse.TARGET"],
            documented
                .Where(name =>
                    name.Contains('.', StringComparison.Ordinal)
                    || name.StartsWith("test", StringComparison.Ordinal)
                    || name.StartsWith("validation", StringComparison.Ordinal)
                )
                .Except(recorded)
                .Order(StringComparer.Ordinal)
        );
    }

    /// <summary>Replaces the names of layers, probes and classes by placeholders.</summary>
    private static string General(string name)
    {
        name = Parameter().Replace(Layer().Replace(name, ".LAYER"), "parameters.NAME");
        return Class().Replace(Probe().Replace(name, "probes.PROBE."), "predicted.K");
    }

    [GeneratedRegex("`(?<name>[a-z][A-Za-z]*(\\.[A-Za-z]+)*)`")]
    private static partial Regex Name();

    [GeneratedRegex("\\.(hidden[0-9]+|output)(?=\\.|$)")]
    private static partial Regex Layer();

    [GeneratedRegex("parameters\\.[a-z0-9-]+")]
    private static partial Regex Parameter();

    [GeneratedRegex("^probes\\.[^.]+\\.")]
    private static partial Regex Probe();

    [GeneratedRegex("predicted\\.[0-9]+$")]
    private static partial Regex Class();
}
