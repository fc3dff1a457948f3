using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Reproduction.CommandLine.Bench;
using Reproduction.CommandLine.Display;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Figures;
using Reproduction.Studies.Comparisons;
using Reproduction.Studies.Drawing;

namespace Reproduction.CommandLine.Commands;

/// <summary>The command <c>bench</c> measures the speed of products, rules and probes on this machine.</summary>
internal sealed class BenchCommand
{
    private readonly CommonOptions common;
    private readonly Option<string?> rules = new("--rules")
    {
        Description = "learning rules to time; 'none' for products alone [default: all but the baselines]",
        HelpName = "R[,R…]",
    };
    private readonly Option<string> widths = new("--widths")
    {
        Description = "widths of the hidden layer; each width is a separate network",
        DefaultValueFactory = _ => "512,2048",
        HelpName = "N[,N…]",
    };
    private readonly Option<string[]> probes = new("--probe")
    {
        Description = "probes to time (repeatable) [default: ridge and published]",
        HelpName = "NAME",
    };
    private readonly Option<int> limit = new("--limit")
    {
        Description = "use only the first N training samples; 0 for all",
        DefaultValueFactory = _ => 0,
        HelpName = "N",
    };
    private readonly Option<int> rounds = new("--rounds")
    {
        Description = "rounds of products; the best round counts",
        DefaultValueFactory = _ => 7,
        HelpName = "N",
    };
    private readonly Option<bool> json = new("--json") { Description = "print one JSON object" };

    private BenchCommand(CommonOptions common)
    {
        this.common = common;
    }

    public static Command Create(CommonOptions common)
    {
        BenchCommand bench = new(common);
        Command command = new("bench", "compare the matrix product with others; time epochs and probes")
        {
            bench.rules,
            common.Plugins,
            common.DataSet,
            bench.widths,
            bench.probes,
            bench.limit,
            bench.rounds,
            common.Threads,
            common.Memory,
            common.Data,
            common.Offline,
            common.DryRun,
            common.Quiet,
            bench.json,
        };
        command.SetAction(
            (arguments, cancellation) => Task.Run(() => bench.Execute(arguments, cancellation), CancellationToken.None)
        );
        return command;
    }

    private int Execute(ParseResult arguments, CancellationToken cancellation)
    {
        bool isJson = arguments.GetValue(json);
        TextWriter output = isJson ? CommonOptions.ReserveOutput() : Console.Out;
        IDisplay display = CommonOptions.Display(arguments.GetValue(common.Quiet), toError: isJson);
        RuleCatalog catalog = common.Rules(arguments);
        string[] chosen = arguments.GetValue(rules) switch
        {
            "none" => [],
            { } named => [.. CommonOptions.NamedRules(named, catalog).Select(rule => rule.Id)],
            _ =>
            [
                .. catalog
                    .Rules.Where(rule => rule.Attribute.Family != RandomProjectionFamily.Baseline)
                    .Select(rule => rule.Id),
            ],
        };
        int[] units = CommonOptions.ParseWidths("--widths", arguments.GetValue(widths)!);
        string[] probed = arguments.GetValue(probes) is { Length: > 0 } some ? some : ["ridge", "published"];
        foreach (string rule in chosen)
        {
            foreach (int width in units)
            {
                (catalog[rule].Spec(Digits.Id, [width], 1, probed) with { Limit = arguments.GetValue(limit) }).Validate(
                    catalog
                );
            }
        }

        if (chosen.Length > 0)
        {
            CommonOptions.RequireClasses(arguments.GetValue(common.DataSet)!);
        }

        if (arguments.GetValue(rounds) is < 1 or > 1000)
        {
            throw new SpecificationException($"--rounds {arguments.GetValue(rounds)}: 1 to 1000");
        }

        int threads = common.UseResources(arguments);
        if (arguments.GetValue(common.DryRun))
        {
            display.Line(
                $"dry run: {ProductShape.All.Length} products, {chosen.Length * units.Length} run(s) on "
                    + $"{CommonOptions.RequireDataSet(arguments.GetValue(common.DataSet)!)}"
            );
            return ExitCode.Done;
        }

        DataSet? data = chosen.Length > 0 ? common.OpenDataSet(arguments, display) : null;
        OpenBlas? openBlas = OpenBlas.Find();
        openBlas?.SetThreads(threads);
        double peak = PeakBenchmark.Run(arguments.GetValue(rounds));
        List<ProductSpeed> products = [];
        display.WithProgress(
            "products",
            advance =>
            {
                foreach (ProductShape shape in ProductShape.All)
                {
                    cancellation.ThrowIfCancellationRequested();
                    products.Add(ProductBenchmark.Run(shape, openBlas, arguments.GetValue(rounds)));
                    advance(products.Count, ProductShape.All.Length);
                }
            }
        );
        List<RuleSpeed> speeds = [];
        int code = ExitCode.Done;
        display.WithProgress(
            "rules",
            advance =>
            {
                foreach ((string rule, int width) in chosen.SelectMany(rule => units.Select(width => (rule, width))))
                {
                    try
                    {
                        speeds.Add(
                            RuleBenchmark.Run(
                                catalog,
                                rule,
                                width,
                                data!,
                                probed,
                                arguments.GetValue(limit),
                                cancellation
                            )
                        );
                    }
                    catch (Exception exception)
                        when (exception is RuleFailureException or SpecificationException or ResultsException)
                    {
                        // A rule that breaks down must not lose what was measured before.
                        code = ExitCode.Failed;
                        Console.Error.WriteLine($"error: {exception.Message}");
                    }

                    advance(speeds.Count, chosen.Length * units.Length);
                }
            }
        );
        if (isJson)
        {
            output.WriteLine(Json(products, peak, speeds, openBlas, threads, data).ToJsonString(JsonText.Indented));
            return code;
        }

        display.Table(Products(products, peak, openBlas, threads, arguments.GetValue(rounds)));
        if (data is not null)
        {
            display.Table(Rules(speeds, probed, data, threads));
        }

        return code;
    }

    private static Table Products(
        IReadOnlyList<ProductSpeed> products,
        double peak,
        OpenBlas? openBlas,
        int threads,
        int rounds
    ) =>
        new(
            "Matrix products, GFLOP/s in single precision",
            Machine.Current.Processor,
            [
                "rows × inner × columns",
                "use",
                "this suite",
                "Math.NET",
                "OpenBLAS",
                "suite / Math.NET",
                "suite / OpenBLAS",
                "share of the peak",
            ],
            [
                .. products.Select(product =>
                    (IReadOnlyList<string>)
                        [
                            product.Shape.Name,
                            product.Shape.Use,
                            Number(product.Suite, 0),
                            Number(product.MathNet, 1),
                            product.OpenBlas is { } speed ? Number(speed, 0) : Cells.NotRun,
                            Number(product.Suite / product.MathNet, 0),
                            product.OpenBlas is { } other ? Number(product.Suite / other, 2) : Cells.NotRun,
                            Number(product.Suite / peak, 2),
                        ]
                ),
            ],
            [
                $"{threads} thread(s); {Machine.Current.Provider}. Best of {rounds} round(s), all in turn.",
                $"The peak is what multiply-adds on registers alone reach: {Number(peak, 0)} GFLOP/s.",
                openBlas is null
                    ? "OpenBLAS is not on this system."
                    : $"OpenBLAS with its kernels for {openBlas.Kernel}; OPENBLAS_CORETYPE chooses others.",
            ]
        );

    private static Table Rules(
        IReadOnlyList<RuleSpeed> speeds,
        IReadOnlyList<string> probes,
        DataSet data,
        int threads
    ) =>
        new(
            "Seconds for one epoch and one probe",
            data.Title,
            ["rule", "units", "epoch", "kB a step", .. probes],
            [
                .. speeds.Select(speed =>
                    (IReadOnlyList<string>)
                        [
                            speed.Rule,
                            speed.Width.ToString(CultureInfo.InvariantCulture),
                            Number(speed.Epoch, 2),
                            Number(speed.StepBytes / 1000, 1),
                            .. probes.Select(probe =>
                                speed.Probes.TryGetValue(probe, out double seconds) ? Number(seconds, 2) : Cells.NotRun
                            ),
                        ]
                ),
            ],
            [
                $"{threads} thread(s). Every rule in its own set-up, one run each; kickback trains a "
                    + "network for each class. kB a step is what a step of training allocates.",
            ]
        );

    private static string Number(double value, int decimals) => Cells.Number(value, decimals);

    private static JsonObject Json(
        IReadOnlyList<ProductSpeed> products,
        double peak,
        IReadOnlyList<RuleSpeed> speeds,
        OpenBlas? openBlas,
        int threads,
        DataSet? data
    ) =>
        new()
        {
            ["processor"] = Machine.Current.Processor,
            ["provider"] = Machine.Current.Provider,
            ["threads"] = threads,
            ["peakGflops"] = peak,
            ["openBlasKernel"] = openBlas?.Kernel,
            ["products"] = new JsonArray([
                .. products.Select(product => new JsonObject
                {
                    ["rows"] = product.Shape.Rows,
                    ["inner"] = product.Shape.Inner,
                    ["columns"] = product.Shape.Columns,
                    ["use"] = product.Shape.Use,
                    ["gflops"] = product.Suite,
                    ["mathNet"] = product.MathNet,
                    ["openBlas"] = product.OpenBlas,
                }),
            ]),
            ["dataset"] = data?.Id,
            ["rules"] = new JsonArray([
                .. speeds.Select(speed => new JsonObject
                {
                    ["rule"] = speed.Rule,
                    ["width"] = speed.Width,
                    ["epochSeconds"] = speed.Epoch,
                    ["stepBytes"] = speed.StepBytes,
                    ["probeSeconds"] = new JsonObject([
                        .. speed.Probes.Select(probe => KeyValuePair.Create<string, JsonNode?>(probe.Key, probe.Value)),
                    ]),
                    ["probeEpochs"] = new JsonObject([
                        .. speed.ProbeEpochs.Select(probe =>
                            KeyValuePair.Create<string, JsonNode?>(probe.Key, probe.Value)
                        ),
                    ]),
                }),
            ]),
        };
}
