using System.CommandLine;
using Reproduction.CommandLine.Display;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Evaluation.Training;
using Reproduction.Network;
using Reproduction.Studies;
using Reproduction.Studies.Comparisons;

namespace Reproduction.CommandLine.Commands;

/// <summary>The command <c>train</c> makes one run, prints it and stores it.</summary>
internal sealed class TrainCommand
{
    private readonly CommonOptions common;
    private readonly Option<string> rule = new("--rule")
    {
        Description =
            "learning rule, or one for each layer, e.g. hidden=softhebb,output=backprop; 'reproduce rules' lists them",
        Required = true,
        HelpName = "R",
    };
    private readonly Option<string> hidden = new("--hidden")
    {
        Description = "units of each hidden layer, e.g. 512 or 256,256; 'none' for raw inputs",
        DefaultValueFactory = _ => "512",
        HelpName = "N[,N…]",
    };
    private readonly Option<string[]> settings = new("--set")
    {
        Description = "rule option name=value (repeatable)",
        HelpName = "NAME=VALUE",
    };
    private readonly Option<string[]> probes = new("--probe")
    {
        Description =
            "probe: ridge, softmax, published or published with repairs, e.g. published+single-softmax+no-dropout "
            + "(repeatable) [default: ridge where there are classes]",
        HelpName = "NAME",
    };
    private readonly Option<string> probeLayers = new("--probe-layers")
    {
        Description = "hidden layers that probes read: last or all",
        DefaultValueFactory = _ => "last",
        HelpName = "NAME",
    };
    private readonly Option<string[]> instruments = new("--instrument")
    {
        Description = "what else is measured in training, by name, e.g. of a plugin (repeatable)",
        HelpName = "NAME",
    };
    private readonly Option<string> norm = new("--norm")
    {
        Description = "normalisation of every layer's input (see --norm-input): none, layer or batch",
        DefaultValueFactory = _ => "none",
        HelpName = "NAME",
    };
    private readonly Option<string> normInput = new("--norm-input")
    {
        Description = "whether the first layer's input is normalised too",
        DefaultValueFactory = _ => "true",
        HelpName = "true|false",
    };
    private readonly Option<string?> targets = new("--targets")
    {
        Description =
            "all (one network), each (one network per class or value, one against the rest), or the "
            + "name of one target [default: all; each for rules that learn from one error]",
        HelpName = "NAME",
    };
    private readonly Option<string> fold = new("--fold")
    {
        Description = "hold out part K of N of the training samples for validation, instead of the last ones",
        DefaultValueFactory = _ => "",
        HelpName = "K/N",
    };
    private readonly Option<int> diagnostics = new("--diagnostics")
    {
        Description = "measure alignment with backprop, coherence and activation every N steps; 0 for never",
        DefaultValueFactory = _ => 0,
        HelpName = "N",
    };
    private readonly Option<int?> epochs = new("--epochs")
    {
        Description = "passes over the training data [default: the rule's]",
        HelpName = "N",
    };
    private readonly Option<int?> batch = new("--batch")
    {
        Description = "samples per step; 0 for all samples in one batch [default: the rule's]",
        HelpName = "N",
    };
    private readonly Option<double?> learningRate = new("--learning-rate")
    {
        Description = "learning rate [default: the rule's]",
        HelpName = "X",
    };
    private readonly Option<string> schedule = new("--schedule")
    {
        Description =
            "how the learning rate changes: constant, linear, cosine, or step:F@E/E… (times F after those epochs)",
        DefaultValueFactory = _ => RateSchedule.Constant,
        HelpName = "NAME",
    };
    private readonly Option<bool> layerwise = new("--layerwise")
    {
        Description = "train the layers one after the other, each for all epochs, from the first on",
    };
    private readonly Option<string?> optimizer = new("--optimizer")
    {
        Description = "sgd, momentum or adamw [default: the rule's]",
        HelpName = "NAME",
    };
    private readonly Option<string?> constraint = new("--constraint")
    {
        Description = "none or unit-rows [default: the rule's]",
        HelpName = "NAME",
    };
    private readonly Option<string?> init = new("--init")
    {
        Description = "initial weights: he, xavier, hebbian, sign-matched or sign-matched-scaled [default: the rule's]",
        HelpName = "NAME",
    };
    private readonly Option<double> initScale = new("--init-scale")
    {
        Description = "what initial weights are multiplied by",
        DefaultValueFactory = _ => 1,
        HelpName = "X",
    };
    private readonly Option<string?> activation = new("--activation")
    {
        Description = $"hidden layers' activation: {string.Join(", ", Activations.Names)} [default: the rule's]",
        HelpName = "NAME",
    };
    private readonly Option<string?> output = new("--output")
    {
        Description = "activation of the output layer [default: the rule's for classes, identity for real numbers]",
        HelpName = "NAME",
    };
    private readonly Option<string> outputWeights = new("--output-weights")
    {
        Description = "learned, or sum: each output is the sum of its own units of the last hidden layer",
        DefaultValueFactory = _ => "learned",
        HelpName = "NAME",
    };
    private readonly Option<double> dropout = new("--dropout")
    {
        Description = "fraction of hidden units dropped in training",
        DefaultValueFactory = _ => 0,
        HelpName = "P",
    };
    private readonly Option<int> limit = new("--limit")
    {
        Description = "use only the first N training samples; 0 for all",
        DefaultValueFactory = _ => 0,
        HelpName = "N",
    };
    private readonly Option<string> pixels = new("--pixels")
    {
        Description = "mean and deviation that scale the inputs: own (the data set's) or mnist",
        DefaultValueFactory = _ => "own",
        HelpName = "NAME",
    };
    private readonly Option<string> control = new("--control")
    {
        Description = "change made to the trained weights before probing: none, shuffled or reinit:P",
        DefaultValueFactory = _ => WeightControl.None,
        HelpName = "NAME",
    };
    private readonly Option<string?> holdOut = new("--hold-out")
    {
        Description = "hide the validation samples from the rule [default: true for rules that see targets]",
        HelpName = "true|false",
    };
    private readonly Option<bool> json = new("--json") { Description = "print one JSON object" };

    private TrainCommand(CommonOptions common)
    {
        this.common = common;
    }

    public static Command Create(CommonOptions common)
    {
        TrainCommand train = new(common);
        Command command = new("train", "train and probe one network")
        {
            train.rule,
            common.Plugins,
            common.DataSet,
            common.ImageSize,
            common.ImageBackground,
            train.targets,
            train.hidden,
            train.settings,
            train.probes,
            train.probeLayers,
            train.instruments,
            train.norm,
            train.normInput,
            train.epochs,
            train.batch,
            train.learningRate,
            train.schedule,
            train.layerwise,
            train.optimizer,
            train.constraint,
            train.init,
            train.initScale,
            train.activation,
            train.output,
            train.outputWeights,
            train.dropout,
            train.limit,
            train.pixels,
            train.control,
            train.holdOut,
            train.fold,
            train.diagnostics,
            common.Seed,
            common.Threads,
            common.Memory,
            common.Results,
            common.Data,
            common.Offline,
            common.DryRun,
            common.Quiet,
            train.json,
        };
        command.SetAction(
            (arguments, cancellation) => Task.Run(() => train.Execute(arguments, cancellation), CancellationToken.None)
        );
        return command;
    }

    private int Execute(ParseResult arguments, CancellationToken cancellation)
    {
        bool isJson = arguments.GetValue(json);
        TextWriter output = isJson ? CommonOptions.ReserveOutput() : Console.Out;
        IDisplay display = CommonOptions.Display(arguments.GetValue(common.Quiet), toError: isJson);
        RuleCatalog rules = common.Rules(arguments);
        Spec(arguments, rules, CommonOptions.RequireDataSet(arguments.GetValue(common.DataSet)!, rules))
            .Validate(rules);
        common.UseResources(arguments);
        if (arguments.GetValue(common.DryRun))
        {
            display.Line($"dry run: 1 run on {arguments.GetValue(common.DataSet)}");
            return 0;
        }

        RunStore store = new(new ResultLayout(arguments.GetValue(common.Results)!, "").Runs, display.Line);
        AtomicFile.RequireWritable(arguments.GetValue(common.Results)!);
        DataSet data = common.OpenDataSet(arguments, display);
        RunSpec spec = Spec(arguments, rules, data.Id);
        RunExecutor executor = new(rules);
        RunRecord? record = store.Find(spec, data.Sha256, executor.CodeOf(spec));
        if (record is null)
        {
            RunMemory.Require(spec, data);
            display.WithProgress(
                spec.Rule,
                advance => record = executor.Execute(spec, data, share => advance(share, 1), cancellation)
            );
            AtomicFile.Write(
                store.ProvenancePathOf(record!.RunId),
                Provenance.Of(data, Environment.GetCommandLineArgs()[1..], [record]).ToJson()
            );
            store.Save(record);
        }
        else
        {
            display.Line($"run: already in {arguments.GetValue(common.Results)}; read from there");
        }

        if (record.Divergence is { } divergence)
        {
            string advice =
                record.Steps == 1 ? "no learning rate mends its very first proposal, look at the rule"
                : rules[spec.Rule].IsMixed
                    ? $"lower --learning-rate, the factor on the rates of all parts (it was "
                        + $"{RunJson.Number(spec.LearningRate)}), or --set hidden1.learning-rate for one"
                : $"lower --learning-rate (it was {RunJson.Number(spec.LearningRate)})";
            throw new ResultsException(
                $"run {record.RunId} of {spec.Rule} diverged at step {record.Steps}: {divergence}; {advice}"
            );
        }

        if (isJson)
        {
            output.WriteLine(RunText.Json(record).ToJsonString(JsonText.Indented));
        }
        else
        {
            foreach (string line in RunText.Lines(record).Concat(ClassBalance.Lines(record, data)))
            {
                display.Line(line);
            }
        }

        return 0;
    }

    private RunSpec Spec(ParseResult arguments, RuleCatalog rules, string dataSet)
    {
        string[] chosen =
            arguments.GetValue(probes) is { Length: > 0 } named ? named
            : DataSets.Regressions.Contains(dataSet) || arguments.GetValue(fold)!.Length > 0 ? []
            : ["ridge"];
        RunSpec spec = rules[arguments.GetValue(rule)!]
            .Spec(
                dataSet,
                Widths(arguments.GetValue(hidden)!),
                arguments.GetValue(common.Seed),
                chosen,
                CommonOptions.Settings(arguments.GetValue(settings))
            ) with
        {
            Normalization = CommonOptions.ParseName<Normalization>("--norm", arguments.GetValue(norm)!),
            Pixels = CommonOptions.ParseName<PixelScaling>("--pixels", arguments.GetValue(pixels)!),
            Control = arguments.GetValue(control)!,
            NormalizesInput = CommonOptions.ParseTruth("--norm-input", arguments.GetValue(normInput)!),
            ProbeLayers = CommonOptions.ParseName<ProbedLayers>("--probe-layers", arguments.GetValue(probeLayers)!),
            InitialScale = arguments.GetValue(initScale),
            Diagnostics = arguments.GetValue(diagnostics),
            Dropout = arguments.GetValue(dropout),
            Limit = arguments.GetValue(limit),
            Schedule = arguments.GetValue(schedule)!,
            Layerwise = arguments.GetValue(layerwise),
            Fold = arguments.GetValue(fold)!,
            OutputWeights = CommonOptions.ParseName<OutputWeights>(
                "--output-weights",
                arguments.GetValue(outputWeights)!
            ),
            Instruments = [.. (arguments.GetValue(instruments) ?? []).Distinct().Order(StringComparer.Ordinal)],
        };
        if (spec.Control != WeightControl.None && spec.Hidden.Length == 0)
        {
            throw new SpecificationException(
                $"--control {spec.Control}: there is no hidden layer to change; give --hidden some units"
            );
        }

        string target = arguments.GetValue(targets) ?? spec.Targets;
        return spec with
        {
            Targets = target,
            Output =
                arguments.GetValue(output)
                ?? (target != RunSpec.AllTargets && spec.Output == "softmax" ? "identity" : spec.Output),
            HoldOutValidation = arguments.GetValue(holdOut) is { } text
                ? CommonOptions.ParseTruth("--hold-out", text)
                : spec.HoldOutValidation,
            Batch = arguments.GetValue(batch) ?? spec.Batch,
            Activation = arguments.GetValue(activation) ?? spec.Activation,
            Epochs = arguments.GetValue(epochs) ?? spec.Epochs,
            LearningRate = arguments.GetValue(learningRate) ?? spec.LearningRate,
            Optimizer = arguments.GetValue(optimizer) is { } o
                ? CommonOptions.ParseName<OptimizerKind>("--optimizer", o)
                : spec.Optimizer,
            Constraint = arguments.GetValue(constraint) is { } c
                ? CommonOptions.ParseName<WeightConstraint>("--constraint", c)
                : spec.Constraint,
            Initialization = arguments.GetValue(init) is { } i
                ? CommonOptions.ParseName<Initialization>("--init", i)
                : spec.Initialization,
        };
    }

    private static int[] Widths(string text) => text == "none" ? [] : CommonOptions.ParseWidths("--hidden", text);
}
