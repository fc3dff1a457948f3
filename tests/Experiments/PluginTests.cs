using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Reproduction.Tests.Experiments;

/// <summary>Rules from outside the suite, by the real executable.</summary>
public sealed class PluginTests : IDisposable
{
    private static readonly string Built = Path.Combine(RealData.Root, "artifacts", "bin", "SamplePlugin", new DirectoryInfo(AppContext.BaseDirectory).Name);

    private readonly Executable reproduce = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("plugin-");

    internal static string Plugin => Path.Combine(Built, "SamplePlugin.dll");

    public void Dispose()
    {
        reproduce.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_plugins_rule_is_listed_trained_and_compared_as_any_other()
    {
        Executable.Outcome rules = await reproduce.Run("rules", "--plugin", Plugin);
        Assert.Contains("sample-hebb: Hebb's rule\n  sample; Hebb 1949\n", rules.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("--set strength=1  scale of the step (a number of at least 0)", rules.Output, StringComparison.Ordinal);
        string[] train = ["train", "--plugin", Plugin, "--rule", "sample-hebb", "--dataset", "digits", "--limit", "600", "--hidden", "20", "--results", reproduce.Results, "--json"];
        double one = (await reproduce.Run(train)).Json.GetProperty("probes").GetProperty("ridge").GetProperty("testAccuracy").GetDouble();
        double two = (await reproduce.Run([.. train, "--set", "strength=100"])).Json.GetProperty("probes").GetProperty("ridge").GetProperty("testAccuracy").GetDouble();
        Assert.InRange(one, 0.12, 1);
        Assert.NotEqual(one, two);
        Executable.Outcome compare = await reproduce.Run("compare", "--plugin", Plugin, "--rules", "sample-hebb,competitive", "--dataset", "digits", "--limit", "600", "--widths", "20", "--seeds", "1", "--results", reproduce.Results);
        Assert.Equal(0, compare.Code);
        Assert.Contains("| sample-hebb | 20 |", compare.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_breaks_down_is_one_line_and_the_others_go_on()
    {
        Executable.Outcome compare = await reproduce.Run(
            "compare", "--plugin", Plugin, "--rules", "sample-thrower,sample-shape,sample-nan,competitive", "--dataset", "digits", "--limit", "600", "--widths", "20", "--seeds", "2", "--results", reproduce.Results);
        Assert.Equal(1, compare.Code);
        string[] lines = compare.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Contains("SamplePlugin.dll: two rules have the id backprop:", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("error: rule sample-shape of SamplePlugin failed at step 1: ArgumentException: Matrix dimensions must agree", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("error: rule sample-thrower of SamplePlugin failed at step 1: InvalidOperationException: boom", lines[2], StringComparison.Ordinal);
        Assert.Contains("| competitive | 20 | 2 |", compare.Output, StringComparison.Ordinal);
        Assert.Contains("sample-nan at 20 units: 2 run(s) diverged and are left out.", compare.Output, StringComparison.Ordinal);
        Assert.Equal(1 + 2 + 2 + 2, (await File.ReadAllLinesAsync(Path.Combine(reproduce.Results, "compare", "digits", "accuracies.csv"))).Length);
        Executable.Outcome train = await reproduce.Run("train", "--plugin", Plugin, "--rule", "sample-thrower", "--dataset", "digits", "--limit", "200", "--results", reproduce.Results);
        Assert.Equal(1, train.Code);
        Assert.Contains("error: rule sample-thrower of SamplePlugin failed at step 1: InvalidOperationException: boom", train.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugins_in_the_folder_are_taken_with_what_they_depend_on()
    {
        string plugins = Path.Combine(Path.GetDirectoryName(reproduce.Results)!, "plugins", "sample");
        Directory.CreateDirectory(plugins);
        foreach (string file in Directory.EnumerateFiles(Built, "*.dll"))
        {
            File.Copy(file, Path.Combine(plugins, Path.GetFileName(file)));
        }

        Executable.Outcome rules = await reproduce.Run("rules");
        Assert.Equal(0, rules.Code);
        Assert.Contains("sample-hebb: Hebb's rule", rules.Output, StringComparison.Ordinal);
        Assert.Single(rules.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task What_cannot_be_loaded_is_said_in_one_line_and_the_suites_own_rules_stay()
    {
        async Task Says(string file, string expected)
        {
            Executable.Outcome rules = await reproduce.Run("rules", "--plugin", file);
            Assert.Equal(0, rules.Code);
            Assert.Equal($"warning: plugin {file}: {expected}", rules.Error.TrimEnd());
            Assert.Contains("competitive: ", rules.Output, StringComparison.Ordinal);
        }

        await Says(Path.Combine(folder.FullName, "nothing.dll"), "there is no such file");
        await Says(folder.FullName, "is a folder; name the .dll in it");
        string text = Path.Combine(folder.FullName, "text.dll");
        await File.WriteAllTextAsync(text, "no assembly");
        await Says(text, "is no .NET assembly");
        await Says(Path.Combine(Built, "SampleDependency.dll"), "has no learning rule: it does not use Reproduction.Network");
        await Says(Old(Path.Combine(folder.FullName, "old.dll"), new Version(9, 7, 0, 0)), "was built against version 9.7 of Reproduction.Network, this suite has 0.1; build it again against that");
        string alone = Path.Combine(folder.FullName, "SamplePlugin.dll");
        File.Copy(Plugin, alone);
        Executable.Outcome missing = await reproduce.Run("train", "--plugin", alone, "--rule", "sample-hebb", "--dataset", "digits", "--limit", "200", "--results", reproduce.Results);
        Assert.Equal(1, missing.Code);
        Assert.Contains("error: rule sample-hebb of SamplePlugin failed at step 1: FileNotFoundException: Could not load file or assembly 'SampleDependency", missing.Error, StringComparison.Ordinal);
        string unknown = await reproduce.Run("train", "--plugin", text, "--rule", "mine", "--dataset", "digits").ContinueWith(run => run.Result.Error, TaskScheduler.Default);
        Assert.Contains($"error: unknown rule 'mine'; there are: ", unknown, StringComparison.Ordinal);
        Assert.Contains($"; plugin {text}: is no .NET assembly", unknown, StringComparison.Ordinal);
    }

    /// <summary>An assembly that refers to another version of the contract, and has nothing else in it.</summary>
    private static string Old(string file, Version version)
    {
        MetadataBuilder metadata = new();
        metadata.AddModule(0, metadata.GetOrAddString("old.dll"), metadata.GetOrAddGuid(Guid.Empty), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("old"), new Version(1, 0, 0, 0), default, default, default, default);
        metadata.AddAssemblyReference(metadata.GetOrAddString("Reproduction.Network"), version, default, default, default, default);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        BlobBuilder content = new();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder()).Serialize(content);
        using FileStream stream = File.Create(file);
        content.WriteContentTo(stream);
        return file;
    }
}
