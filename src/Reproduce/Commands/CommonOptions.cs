using System.CommandLine;
using System.Text.RegularExpressions;
using Reproduction.CommandLine.Display;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Numerics;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Spectre.Console;
using Profile = Reproduction.Studies.Profile;

namespace Reproduction.CommandLine.Commands;

/// <summary>The options that several commands have in common, and how their values are read.</summary>
internal sealed partial class CommonOptions
{
    private const int MostImageSide = 1024;

    /// <summary>The folder whose plugins are loaded when one of their rules is named.</summary>
    public const string PluginFolder = "plugins";

    public Option<string> Results { get; } =
        new("--results")
        {
            Description = "folder of results",
            DefaultValueFactory = _ => "results",
            HelpName = "DIR",
        };

    public Option<string> Figures { get; } =
        new("--figures")
        {
            Description = "folder of figures and tables",
            DefaultValueFactory = _ => "paper-figures",
            HelpName = "DIR",
        };

    public Option<string?> Data { get; } =
        new("--data") { Description = "folder of data sets [default: $REPRODUCTION_DATA or data]", HelpName = "DIR" };

    public Option<string> DataSet { get; } =
        new("--dataset")
        {
            Description = $"data set: {string.Join(", ", DataSets.Names)}",
            DefaultValueFactory = _ => DataSets.Auto,
            HelpName = "NAME",
        };

    public Option<string?> ImageSize { get; } =
        new("--image-size")
        {
            Description = "resize the pictures of --dataset images [default: all must have one size]",
            HelpName = "WxH",
        };

    public Option<string> ImageBackground { get; } =
        new("--image-background")
        {
            Description = "what lies behind transparent pixels of --dataset images",
            DefaultValueFactory = _ => Reproduction.Data.PictureOptions.Default.Background,
            HelpName = "#RRGGBB",
        };

    public Option<string> ProfileName { get; } =
        new("--profile")
        {
            Description = "quick (one seed) or paper (ten seeds)",
            DefaultValueFactory = _ => "quick",
            HelpName = "NAME",
        };

    public Option<long> Seed { get; } =
        new("--seed")
        {
            Description = "seed; of several, the first",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        };

    public Option<int?> Seeds { get; } =
        new("--seeds") { Description = "number of seeds [default: the profile's]", HelpName = "N" };

    public Option<int> Threads { get; } =
        new("--threads")
        {
            Description = "number of threads; results do not depend on it",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            HelpName = "N",
        };

    public Option<string?> Memory { get; } =
        new("--memory")
        {
            Description =
                "memory that runs may take together, e.g. 4GB; a run that needs more is refused before it "
                + "starts [default: half of the machine's]",
            HelpName = "SIZE",
        };

    public Option<bool> Offline { get; } = new("--offline") { Description = "never use the network" };

    public Option<string[]> Plugins { get; } =
        new("--plugin")
        {
            Description =
                "assembly with your own learning rules, or a folder of them (repeatable). A plugin in "
                + "plugins/ is also loaded when one of its rules is named",
            HelpName = "FILE.dll",
        };

    public Option<bool> DryRun { get; } =
        new("--dry-run")
        {
            Description = "check everything that can be checked without data, print the number of runs, and stop",
        };

    public Option<bool> Quiet { get; } = new("--quiet") { Description = "print nothing but errors" };

    public static IDisplay Display(bool quiet, bool toError = false)
    {
        if (quiet)
        {
            return new QuietDisplay();
        }

        bool isPiped = toError ? Console.IsErrorRedirected : Console.IsOutputRedirected;
        TextWriter output = toError ? Console.Error : Console.Out;
        return isPiped
            ? new PlainDisplay(output)
            : new TerminalDisplay(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }));
    }

    /// <summary>
    /// Reserves standard output for one JSON object. What plugins print there goes to standard error instead.
    /// </summary>
    /// <returns>The writer for the JSON object.</returns>
    public static TextWriter ReserveOutput()
    {
        TextWriter output = Console.Out;
        Console.SetOut(Console.Error);
        return output;
    }

    /// <summary>
    /// Loads the available learning rules. Problems with plugins go to standard error; all other rules remain usable.
    /// </summary>
    public RuleCatalog Rules(ParseResult arguments) =>
        RuleCatalog.With(
            arguments.GetValue(Plugins) ?? [],
            PluginFolder,
            problem => Console.Error.WriteLine($"warning: {problem}")
        );

    public IDisplay Display(ParseResult arguments) => Display(arguments.GetValue(Quiet));

    public ResultLayout Layout(ParseResult arguments) =>
        new(arguments.GetValue(Results)!, arguments.GetValue(Figures)!);

    public string DataFolder(ParseResult arguments) => DataRoot(arguments.GetValue(Data));

    /// <summary>
    /// The folder of data sets: the one that was named, else that of the environment, else <c>data</c>.
    /// </summary>
    public static string DataRoot(string? named) =>
        named ?? (Environment.GetEnvironmentVariable("REPRODUCTION_DATA") is { Length: > 0 } folder ? folder : "data");

    /// <summary>Checks the name of a data set and returns it.</summary>
    /// <param name="rules">Loads the plugin that has the data set; null where there are no plugins.</param>
    /// <exception cref="SpecificationException">No data set has that name.</exception>
    public static string RequireDataSet(string name, RuleCatalog? rules = null)
    {
        rules?.Provide(PluginKind.DataSet, name);
        return DataSets.Names.Contains(name)
            ? name
            : throw new SpecificationException(
                $"unknown data set '{name}'; there are: {string.Join(", ", DataSets.Names)}"
            );
    }

    /// <summary>Checks that a name belongs to a data set with classes and returns it.</summary>
    /// <exception cref="SpecificationException">No data set has that name, or its targets are real numbers.</exception>
    public static string RequireClasses(string name, RuleCatalog? rules = null) =>
        !DataSets.Regressions.Contains(RequireDataSet(name, rules))
            ? name
            : throw new SpecificationException(
                $"--dataset {name}: has no classes to probe for; name one that has, as digits or mnist"
            );

    /// <summary>
    /// Returns the rules with the given ids, which are separated by commas; the parts of a mixed rule by plus signs.
    /// Each rule occurs once.
    /// </summary>
    /// <exception cref="SpecificationException">No rule has one of the ids.</exception>
    public static RuleDescription[] NamedRules(string text, RuleCatalog rules) =>
        [
            .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Distinct()
                .Select(id => rules[id]),
        ];

    public DataSet OpenDataSet(ParseResult arguments, IDisplay display)
    {
        string name = RequireDataSet(arguments.GetValue(DataSet)!);
        RequireDataFolder(arguments);
        return Open(arguments, display, name);
    }

    /// <summary>Checks that the folder named with --data exists.</summary>
    public void RequireDataFolder(ParseResult arguments)
    {
        if (arguments.GetValue(Data) is { } named && !Directory.Exists(named))
        {
            throw new DataSetException(
                $"--data {named}: there is no such folder; name one that holds data sets, or leave the option out"
            );
        }
    }

    /// <summary>Opens a data set by its name, whatever --dataset says.</summary>
    public DataSet Open(ParseResult arguments, IDisplay display, string name)
    {
        DataSet? data = null;
        display.WithProgress(
            "data",
            advance =>
                data = new DataSets(
                    DataFolder(arguments),
                    !arguments.GetValue(Offline),
                    display.Line,
                    (_, have, total) => advance(have, total ?? have)
                )
                {
                    Pictures = PictureOptions(arguments),
                }.Open(name)
        );
        return data!;
    }

    /// <summary>Reads --image-size and --image-background.</summary>
    public PictureOptions PictureOptions(ParseResult arguments)
    {
        if (
            arguments.GetValue(DataSet) is { } named
            && named != ImageFolder.Id
            && new Option[] { ImageSize, ImageBackground }.FirstOrDefault(option =>
                arguments.GetResult(option) is { Implicit: false }
            )
                is { } given
        )
        {
            throw new SpecificationException(
                $"{given.Name}: belongs to --dataset {ImageFolder.Id}, and this is {named}; leave it out"
            );
        }

        string background = arguments.GetValue(ImageBackground) ?? Reproduction.Data.PictureOptions.Default.Background;
        if (!BackgroundPattern().IsMatch(background))
        {
            throw new SpecificationException(
                $"--image-background {background}: # and six hexadecimal digits, as #FFFFFF for white"
            );
        }

        // The same colour, however it is written.
        background = background.ToUpperInvariant();
        if (arguments.GetValue(ImageSize) is not { } text)
        {
            return new PictureOptions(null, background);
        }

        return
            text.Split('x') is [{ } wide, { } high]
            && int.TryParse(wide, out int width)
            && int.TryParse(high, out int height)
            && width is >= 1 and <= MostImageSide
            && height is >= 1 and <= MostImageSide
            ? new PictureOptions((height, width), background)
            : throw new SpecificationException(
                $"--image-size {text}: width x height in pixels, as 32x32, each from 1 to {MostImageSide}"
            );
    }

    [GeneratedRegex("^#[0-9A-Fa-f]{6}$")]
    private static partial Regex BackgroundPattern();

    public Profile Profile(ParseResult arguments) => ParseName<Profile>("--profile", arguments.GetValue(ProfileName)!);

    /// <summary>
    /// Reads the number of threads and the memory, and applies them to everything the command computes from here on.
    /// </summary>
    public int UseResources(ParseResult arguments)
    {
        int threads = arguments.GetValue(Threads) is >= 1 and <= 1024 and var count
            ? count
            : throw new SpecificationException($"--threads {arguments.GetValue(Threads)}: 1 to 1024");
        if (arguments.GetValue(Memory) is { } size)
        {
            RunMemory.Budget = ParseSize("--memory", size);
        }

        ComputeThreads.Count = threads;
        MathNet.Numerics.Control.MaxDegreeOfParallelism = threads;
        return threads;
    }

    /// <summary>Reads a size such as 4GB or 512MB, in powers of ten.</summary>
    private static long ParseSize(string option, string text)
    {
        Match match = SizePattern().Match(text);
        return match.Success
            ? (long)(
                double.Parse(match.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture)
                * (match.Groups["unit"].Value.Equals("GB", StringComparison.OrdinalIgnoreCase) ? 1e9 : 1e6)
            )
            : throw new SpecificationException($"{option} {text}: a number of GB or MB above 0, as 4GB or 512MB");
    }

    [GeneratedRegex(@"^(?=.*[1-9])(?<number>\d{1,6}(\.\d{1,6})?) ?(?<unit>GB|MB)$", RegexOptions.IgnoreCase)]
    private static partial Regex SizePattern();

    /// <summary>Returns consecutive seeds from --seed on: as many as --seeds says, else as the profile has.</summary>
    public IReadOnlyList<long> SeedList(ParseResult arguments, Profile profile) =>
        SeedList(arguments.GetValue(Seeds) ?? (profile == Studies.Profile.Paper ? 10 : 1), arguments.GetValue(Seed));

    /// <summary>Returns the given number of consecutive seeds, starting with the first.</summary>
    public static IReadOnlyList<long> SeedList(int count, long first) =>
        count is >= 1 and <= ExperimentPlan.MostSeeds && first <= long.MaxValue - count
            ? [.. Enumerable.Range(0, count).Select(i => first + i)]
            : throw new SpecificationException(
                count is >= 1 and <= ExperimentPlan.MostSeeds
                    ? $"--seed {first}: none of the {Cells.Seeds(count)} from there on may be beyond {long.MaxValue}"
                    : $"--seeds {count}: 1 to {ExperimentPlan.MostSeeds}"
            );

    /// <summary>Reads rule options given as name=value.</summary>
    public static IReadOnlyDictionary<string, string> Settings(IReadOnlyList<string>? texts)
    {
        Dictionary<string, string> chosen = [];
        foreach (string setting in texts ?? [])
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !chosen.TryAdd(setting[..equals], setting[(equals + 1)..]))
            {
                throw new SpecificationException($"--set {setting}: name=value, each name once");
            }
        }

        return chosen;
    }

    /// <summary>Reads numbers of units separated by commas.</summary>
    public static int[] ParseWidths(string option, string text) =>
        [
            .. text.Split(',')
                .Select(part =>
                    !int.TryParse(
                        part,
                        System.Globalization.NumberStyles.None,
                        System.Globalization.CultureInfo.InvariantCulture,
                        out int number
                    )
                        ? throw new SpecificationException($"{option} {text}: whole numbers separated by commas")
                    : number is >= 1 and <= RunSpec.MostUnits ? number
                    : throw new SpecificationException($"{option} {text}: a layer has 1 to {RunSpec.MostUnits} units")
                ),
        ];

    /// <summary>
    /// Reads the numbers of units at which rules are compared, each once, and names those named twice.
    /// </summary>
    public static int[] DistinctWidths(string text, IDisplay display)
    {
        int[] widths = ParseWidths("--widths", text);
        foreach (IGrouping<int, int> repeated in widths.GroupBy(width => width).Where(group => group.Count() > 1))
        {
            display.Line(
                $"--widths {text}: {repeated.Key} is named {repeated.Count()} times and compared once; each width is "
                    + "a network of one hidden layer"
            );
        }

        return [.. widths.Distinct()];
    }

    /// <summary>Reads true or false.</summary>
    public static bool ParseTruth(string option, string text) =>
        bool.TryParse(text, out bool truth)
            ? truth
            : throw new SpecificationException($"{option} {text}: true or false");

    /// <summary>Reads an enum value by its name on the command line.</summary>
    public static T ParseName<T>(string option, string text)
        where T : struct, Enum
    {
        Dictionary<string, object> names = KebabCase.Values(typeof(T));
        return names.TryGetValue(text, out object? value)
            ? (T)value
            : throw new SpecificationException($"{option} {text}: one of {string.Join(", ", names.Keys)}");
    }
}
