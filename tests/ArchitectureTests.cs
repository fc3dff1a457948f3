using System.Reflection;
using System.Text.RegularExpressions;
using NetArchTest.Rules;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Probes;
using Reproduction.Evaluation.Training;

namespace Reproduction.Tests;

/// <summary>Tests that references between assemblies, and between namespaces of one, point one way.</summary>
public class ArchitectureTests
{
    private const string Prefix = "Reproduction.";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Numerics"] = [],
        ["Network"] = ["Numerics"],
        ["Data"] = ["Numerics"],
        ["Figures"] = [],
        ["Evaluation"] = ["Numerics", "Network", "Data"],
        ["Algorithm"] = ["Numerics", "Network"],
        ["Conformance"] = ["Numerics", "Network"],
        ["HarnessConformance"] = ["Numerics", "Network", "Data", "Evaluation", "Conformance"],
        ["Statistics"] = ["Numerics"],
        ["Studies"] = ["Numerics", "Network", "Data", "Evaluation", "Statistics", "Figures"],
        // An instrument reads the workings of the rule that it measures.
        ["Experiments"] =
        [
            "Numerics",
            "Network",
            "Data",
            "Evaluation",
            "Statistics",
            "Figures",
            "Studies",
            "Algorithms.TargetProp",
        ],
        ["reproduce"] =
        [
            "Numerics",
            "Network",
            "Data",
            "Figures",
            "Evaluation",
            "Statistics",
            "Conformance",
            "HarnessConformance",
            "Studies",
        ],
    };

    public static TheoryData<string> Assemblies => [.. Files().Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_references_only_what_lies_below_it(string name)
    {
        string own = name == "reproduce" ? name : name[Prefix.Length..];
        string kind = own.StartsWith("Algorithms.", StringComparison.Ordinal) ? "Algorithm" : own;
        IEnumerable<string> references = Assembly
            .Load(name)
            .GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(reference => reference.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(reference => reference[Prefix.Length..]);
        Assert.Empty(references.Except(Allowed[kind]));
    }

    /// <summary>The namespaces of an assembly, from the lowest to the highest.</summary>
    public static TheoryData<string, string[]> Layers =>
        new()
        {
            { "Reproduction.Evaluation", ["Records", "Training", "Training.Credit", "Probes", "Execution", "Store"] },
            { "Reproduction.Studies", ["Results", "Drawing", "", "Comparisons", "Claims", "Shards", "Running"] },
            {
                "Reproduction.Experiments",
                ["Families", "TargetPropagation.Instruments", "TargetPropagation", "TargetPropagation.Claims"]
            },
            { "Reproduction.Experiments", ["Kickback", "Kickback.Claims"] },
            { "Reproduction.Experiments", ["CompetitiveHebbian", "CompetitiveHebbian.Claims"] },
        };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_namespace_uses_only_what_lies_below_it(string assembly, string[] layers)
    {
        Assembly own = Assembly.Load(assembly);
        string[] names = [.. layers.Select(layer => layer.Length == 0 ? assembly : $"{assembly}.{layer}")];
        for (int i = 0; i < names.Length; i++)
        {
            string[] above = [.. own.GetTypes().Where(type => Rank(type) > i).Select(type => type.FullName!)];
            Assert.Contains(own.GetTypes(), type => Rank(type) == i);
            TestResult result = Types
                .InAssembly(own)
                .That()
                .ResideInNamespaceMatching($"^{Regex.Escape(names[i])}$")
                .ShouldNot()
                .HaveDependencyOnAny(above)
                .GetResult();
            Assert.Empty(result.FailingTypes.Select(type => $"{type.FullName}: {type.Explanation}"));
        }

        int Rank(Type type) => Array.IndexOf(names, type.Namespace);
    }

    [Fact]
    public void The_executable_and_the_harness_name_no_rule_but_find_them_all()
    {
        Assert.DoesNotContain(
            Assembly.Load("reproduce").GetReferencedAssemblies(),
            reference => reference.Name!.Contains(".Algorithms.", StringComparison.Ordinal)
        );
        Assert.Equal(
            [
                "backprop",
                "competitive",
                "difference-target-propagation",
                "hebb",
                "hebbnet",
                "influence-hebb",
                "kickback",
                "krotov-hopfield",
                "oja",
                "pca",
                "random",
                "softhebb",
                "target-propagation",
            ],
            RuleCatalog.BuiltIn().Rules.Select(rule => rule.Id)
        );
    }

    [Fact]
    public void Nothing_that_trains_or_fits_takes_the_test_split()
    {
        IEnumerable<MethodBase> methods = typeof(Trainer)
            .GetConstructors()
            .Concat<MethodBase>(typeof(Trainer).GetMethods())
            .Concat(typeof(IHonestProbe).GetMethods());
        Type[] withTestData =
        [
            typeof(TestSplit),
            typeof(TestFeatures),
            typeof(Examples),
            typeof(Features),
            typeof(DataSet),
        ];
        Assert.DoesNotContain(
            methods.SelectMany(method => method.GetParameters()),
            parameter => withTestData.Contains(parameter.ParameterType)
        );
    }

    private static IEnumerable<string> Files() =>
        Directory
            .EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file =>
                Path.GetFileName(file) is var name
                && (
                    name == "reproduce.dll"
                    || (name.StartsWith(Prefix, StringComparison.Ordinal) && name != "Reproduction.Tests.dll")
                )
            );
}
