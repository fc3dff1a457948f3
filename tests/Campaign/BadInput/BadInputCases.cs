using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Studies;

namespace Reproduction.Campaign.BadInput;

/// <summary>The table of bad inputs: wrong commands and wrong files.</summary>
internal static class BadInputCases
{
    /// <summary>The lists of valid names in messages, and the placeholders that the table uses for them.</summary>
    public static IReadOnlyList<(string Name, string Text)> Lists { get; } =
    [
        ("{experiments}", string.Join(", ", ExperimentCatalog.All.Select(experiment => experiment.Id))),
        (
            "{rules}",
            string.Join(
                ", ",
                RuleCatalog
                    .BuiltIn()
                    .Rules.Select(rule => rule.Id)
                    .Concat(RuleCatalog.BuiltIn().Unloaded.Keys)
                    .Order(StringComparer.Ordinal)
            )
        ),
        ("{datasets}", string.Join(", ", DataSets.Names)),
        ("{made datasets}", string.Join(", ", DataSets.Names.Skip(1))),
    ];

    public static IReadOnlyList<BadInputCase> All { get; } = [.. OnTheCommandLine(), .. InFiles()];

    private static BadInputCase[] OnTheCommandLine() =>
        [
            new(
                "command line",
                "unknown command",
                2,
                "error: unknown command 'nonsense'; there are: all, run, figures, list, train, rules, "
                    + "conformance, compare, check, claims, verify, report, merge, slurm, data, bench ('reproduce "
                    + "--help' says more)",
                "nonsense"
            ),
            new(
                "command line",
                "unknown option",
                2,
                "error: Unrecognized command or argument '--nonsense' ('reproduce report --help' says more)",
                "report --nonsense"
            ),
            new(
                "command line",
                "a word too many",
                2,
                "error: Unrecognized command or argument 'extra' ('reproduce data fetch --help' says more)",
                "data fetch mnist extra"
            ),
            new(
                "command line",
                "option without its value",
                2,
                "error: Required argument missing for option: '--plugin' ('reproduce rules --help' says more)",
                "rules --plugin"
            ),
            new(
                "command line",
                "line break in a word",
                2,
                "error: unknown rule 'non sense'; there are: {rules}",
                "train --rule non⏎sense"
            ),
            new(
                "command line",
                "options of all without the command",
                2,
                "error: --profile nonsense: one of quick, paper",
                "--profile nonsense"
            ),
            new(
                "command line",
                "half a command",
                2,
                "error: Required command was not provided ('reproduce data --help' says more)",
                "data"
            ),
            new("all", "profile", 2, "error: --profile nonsense: one of quick, paper", "all --profile nonsense"),
            new(
                "all",
                "data set",
                2,
                "error: unknown data set 'nonsense'; there are: {datasets}",
                "all --dataset nonsense"
            ),
            new("all", "no seed", 2, "error: --seeds 0: 1 to 1000", "all --seeds 0"),
            new("all", "too many seeds", 2, "error: --seeds 1001: 1 to 1000", "all --seeds 1001"),
            new(
                "all",
                "seed that is no number",
                2,
                "error: Cannot parse argument 'x' for option '--seed' as a whole number ('reproduce all "
                    + "--help' says more)",
                "all --seed x"
            ),
            new(
                "all",
                "last seed too large",
                2,
                "error: --seed 9223372036854775807: none of the 1 seed from there on may be beyond "
                    + "9223372036854775807",
                "all --seed 9223372036854775807"
            ),
            new("all", "no threads", 2, "error: --threads 0: 1 to 1024", "all --threads 0"),
            new("all", "too many threads", 2, "error: --threads 1025: 1 to 1024", "all --threads 1025"),
            new(
                "all",
                "threads in words",
                2,
                "error: Cannot parse argument 'many' for option '--threads' as a whole number "
                    + "('reproduce all --help' says more)",
                "all --threads many"
            ),
            new(
                "all",
                "data folder that is not there",
                1,
                "error: --data {here}/nowhere: there is no such folder; name one that holds data sets, "
                    + "or leave the option out",
                "all --data {here}/nowhere"
            ),
            new(
                "all",
                "results folder that is a file",
                1,
                "error: {here}/file: cannot be written to (The file '{here}/file' already exists); name another folder",
                "all --results {here}/file --figures {figures}"
            )
            {
                Prepare = BadInputFiles.File,
            },
            new(
                "all",
                "figures folder that is a file",
                1,
                "error: {here}/file: cannot be written to (The file '{here}/file' already exists); name another folder",
                "all --figures {here}/file"
            )
            {
                Prepare = BadInputFiles.File,
            },
            new(
                "all",
                "an argument",
                2,
                "error: Unrecognized command or argument 'extra' ('reproduce all --help' says more)",
                "all extra"
            ),
            new(
                "run",
                "unknown experiment",
                2,
                "error: unknown experiment 'nonsense'; there are: {experiments}",
                "run nonsense"
            ),
            new(
                "run",
                "shard 0",
                2,
                "error: --shard 0/3: i/n, as 2/8, i from 1 to n, n up to 100000",
                "run figure-3 --shard 0/3"
            ),
            new(
                "run",
                "shard beyond the last",
                2,
                "error: --shard 4/3: i/n, as 2/8, i from 1 to n, n up to 100000",
                "run figure-3 --shard 4/3"
            ),
            new(
                "run",
                "shard in letters",
                2,
                "error: --shard a/b: i/n, as 2/8, i from 1 to n, n up to 100000",
                "run figure-3 --shard a/b"
            ),
            new(
                "run",
                "too many shards",
                2,
                "error: --shard 1/100001: i/n, as 2/8, i from 1 to n, n up to 100000",
                "run figure-3 --shard 1/100001"
            ),
            new("run", "profile", 2, "error: --profile fast: one of quick, paper", "run figure-3 --profile fast"),
            new(
                "run",
                "data set",
                2,
                "error: unknown data set 'mnits'; there are: {datasets}",
                "run figure-3 --dataset mnits"
            ),
            new(
                "run",
                "data folder that is not there",
                1,
                "error: --data {here}/nowhere: there is no such folder; name one that holds data sets, "
                    + "or leave the option out",
                "run figure-3 --data {here}/nowhere"
            ),
            new(
                "run",
                "results folder that is a file",
                1,
                "error: {here}/file: cannot be written to (The file '{here}/file' already exists); name another folder",
                "run figure-3 --dataset digits --results {here}/file"
            )
            {
                Prepare = BadInputFiles.File,
            },
            new(
                "run",
                "results below a file",
                1,
                "error: {here}/file/results: cannot be written to (Could not find a part of the path "
                    + "'{here}/file/results'); name another folder",
                "run figure-3 --dataset digits --results {here}/file/results"
            )
            {
                Prepare = BadInputFiles.File,
            },
            new(
                "figures",
                "unknown experiment",
                2,
                "error: unknown experiment 'nonsense'; there are: {experiments}",
                "figures nonsense"
            ),
            new(
                "figures",
                "profile",
                2,
                "error: --profile nonsense: one of quick, paper",
                "figures --profile nonsense"
            ),
            new(
                "figures",
                "data set",
                2,
                "error: unknown data set 'nonsense'; there are: {datasets}",
                "figures --dataset nonsense"
            ),
            new(
                "figures",
                "no results",
                1,
                "error: {results}: no such results to draw there; make them with 'reproduce run'",
                "figures"
            ),
            new(
                "figures",
                "results folder that is not there",
                1,
                "error: {here}/nowhere: no such results to draw there; make them with 'reproduce run'",
                "figures --results {here}/nowhere"
            ),
            new(
                "list",
                "an argument",
                2,
                "error: Unrecognized command or argument 'extra' ('reproduce list --help' says more)",
                "list extra"
            ),
            new(
                "train",
                "no rule",
                2,
                "error: Option '--rule' is required ('reproduce train --help' says more)",
                "train"
            ),
            new(
                "train",
                "unknown rule",
                2,
                "error: unknown rule 'nonsense'; there are: {rules}",
                "train --rule nonsense"
            ),
            new(
                "train",
                "unknown option",
                2,
                "error: Unrecognized command or argument '--nonsense' ('reproduce train --help' says more)",
                "train --rule competitive --nonsense 3"
            ),
            new(
                "train",
                "data set",
                2,
                "error: unknown data set 'nonsense'; there are: {datasets}",
                "train --rule competitive --dataset nonsense"
            ),
            new(
                "train",
                "no units",
                2,
                "error: --hidden 0: a layer has 1 to 16384 units",
                "train --rule competitive --hidden 0"
            ),
            new(
                "train",
                "too many units",
                2,
                "error: --hidden 16385: a layer has 1 to 16384 units",
                "train --rule competitive --hidden 16385"
            ),
            new(
                "train",
                "negative units",
                2,
                "error: --hidden -5: whole numbers separated by commas",
                "train --rule competitive --hidden -5"
            ),
            new(
                "train",
                "units in letters",
                2,
                "error: --hidden 12,x: whole numbers separated by commas",
                "train --rule competitive --hidden 12,x"
            ),
            new(
                "train",
                "too many layers",
                2,
                "error: --hidden: at most 64 layers",
                $"train --rule competitive --hidden {string.Join(',', Enumerable.Repeat(1, 65))}"
            ),
            new(
                "train",
                "unknown option of a rule",
                2,
                "error: --set nonsense=1: rule competitive has no such option; there are: temperature, "
                    + "mean-decay, mask",
                "train --rule competitive --set nonsense=1"
            ),
            new(
                "train",
                "option of a rule out of range",
                2,
                "error: --set temperature=0: rule competitive takes a number above 0",
                "train --rule competitive --set temperature=0"
            ),
            new(
                "train",
                "option of a rule without value",
                2,
                "error: --set temperature: name=value, each name once",
                "train --rule competitive --set temperature"
            ),
            new(
                "train",
                "option of a rule twice",
                2,
                "error: --set temperature=2: name=value, each name once",
                "train --rule competitive --set temperature=1 --set temperature=2"
            ),
            new(
                "train",
                "option of a rule that is no number",
                2,
                "error: --set temperature=warm: rule competitive takes a number above 0",
                "train --rule competitive --set temperature=warm"
            ),
            new(
                "train",
                "option of a rule that is no such word",
                2,
                "error: --set mask=nonsense: rule competitive takes as-coded | as-printed | anti-hebbian",
                "train --rule competitive --set mask=nonsense"
            ),
            new(
                "train",
                "whole option of a rule out of range",
                2,
                "error: --set hops=-1: rule kickback takes a whole number from 0 to 64",
                "train --rule kickback --dataset robot-arm --set hops=-1"
            ),
            new(
                "train",
                "probe",
                2,
                "error: unknown probe 'nonsense'; there are: published, softmax, ridge, and published without some of "
                    + "its faults, in this order: published+single-softmax+no-dropout+validation+standardized",
                "train --rule competitive --probe nonsense"
            ),
            new(
                "train",
                "repair of the published probe",
                2,
                "error: unknown probe 'published+nonsense'; there are: published, softmax, ridge, and published "
                    + "without some of its faults, in this order: "
                    + "published+single-softmax+no-dropout+validation+standardized",
                "train --rule competitive --probe published+nonsense"
            ),
            new(
                "train",
                "normalisation",
                2,
                "error: --norm nonsense: one of none, layer, batch",
                "train --rule competitive --norm nonsense"
            ),
            new(
                "train",
                "normalised input in words",
                2,
                "error: --norm-input maybe: true or false",
                "train --rule kickback --norm-input maybe"
            ),
            new(
                "train",
                "optimizer",
                2,
                "error: --optimizer nonsense: one of sgd, momentum, adamw",
                "train --rule competitive --optimizer nonsense"
            ),
            new(
                "train",
                "constraint",
                2,
                "error: --constraint nonsense: one of none, unit-rows",
                "train --rule competitive --constraint nonsense"
            ),
            new(
                "train",
                "initial weights",
                2,
                "error: --init nonsense: one of he, xavier, hebbian, sign-matched, sign-matched-scaled",
                "train --rule competitive --init nonsense"
            ),
            new(
                "train",
                "activation",
                2,
                "error: unknown activation 'nonsense'; there are: identity, relu, triangle, leaky-relu, "
                    + "x-plus-relu, tanh, softmax, signed-relu (leaky-relu:SLOPE with a slope between 0 and 1)",
                "train --rule competitive --activation nonsense"
            ),
            new(
                "train",
                "output",
                2,
                "error: unknown activation 'nonsense'; there are: identity, relu, triangle, leaky-relu, "
                    + "x-plus-relu, tanh, softmax, signed-relu (leaky-relu:SLOPE with a slope between 0 and 1)",
                "train --rule backprop --output nonsense"
            ),
            new(
                "train",
                "negative learning rate",
                2,
                "error: --learning-rate -1: a number from 0 to 1e6",
                "train --rule competitive --learning-rate -1"
            ),
            new(
                "train",
                "learning rate that is no number",
                2,
                "error: --learning-rate NaN: a number from 0 to 1e6",
                "train --rule competitive --learning-rate NaN"
            ),
            new(
                "train",
                "infinite learning rate",
                2,
                "error: --learning-rate Infinity: a number from 0 to 1e6",
                "train --rule competitive --learning-rate Infinity"
            ),
            new(
                "train",
                "learning rate in words",
                2,
                "error: Cannot parse argument 'fast' for option '--learning-rate' as a number "
                    + "('reproduce train --help' says more)",
                "train --rule competitive --learning-rate fast"
            ),
            new(
                "train",
                "epochs in words",
                2,
                "error: Cannot parse argument 'many' for option '--epochs' as a whole number ('reproduce "
                    + "train --help' says more)",
                "train --rule competitive --epochs many"
            ),
            new(
                "train",
                "negative epochs",
                2,
                "error: --epochs -1: a whole number from 0 to 100000",
                "train --rule competitive --epochs -1"
            ),
            new(
                "train",
                "too many epochs",
                2,
                "error: --epochs 100001: a whole number from 0 to 100000",
                "train --rule competitive --epochs 100001"
            ),
            new(
                "train",
                "epochs beyond a whole number",
                2,
                "error: Cannot parse argument '99999999999' for option '--epochs' as a whole number "
                    + "('reproduce train --help' says more)",
                "train --rule competitive --epochs 99999999999"
            ),
            new(
                "train",
                "negative batch",
                2,
                "error: --batch -1: a whole number from 1 to 100000, or 0 for all samples in one step",
                "train --rule competitive --batch -1"
            ),
            new(
                "train",
                "dropout of all",
                2,
                "error: --dropout 1: a share of at least 0 and below 1",
                "train --rule competitive --dropout 1"
            ),
            new(
                "train",
                "negative dropout",
                2,
                "error: --dropout -0.1: a share of at least 0 and below 1",
                "train --rule competitive --dropout -0.1"
            ),
            new(
                "train",
                "too few samples",
                2,
                "error: --limit 5: at least 100 samples, or 0 for all",
                "train --rule competitive --limit 5"
            ),
            new(
                "train",
                "pixels",
                2,
                "error: --pixels nonsense: one of own, mnist",
                "train --rule competitive --pixels nonsense"
            ),
            new(
                "train",
                "control",
                2,
                "error: --control nonsense: none, shuffled or reinit:P with P from 0 to 1",
                "train --rule competitive --control nonsense"
            ),
            new(
                "train",
                "control of more than all",
                2,
                "error: --control reinit:2: none, shuffled or reinit:P with P from 0 to 1",
                "train --rule competitive --control reinit:2"
            ),
            new(
                "train",
                "control without hidden layer",
                2,
                "error: --control shuffled: there is no hidden layer to change; give --hidden some units",
                "train --rule competitive --hidden none --control shuffled"
            ),
            new(
                "train",
                "held-out samples in words",
                2,
                "error: --hold-out maybe: true or false",
                "train --rule competitive --hold-out maybe"
            ),
            new(
                "train",
                "negative diagnostics",
                2,
                "error: --diagnostics -1: a whole number of steps from 1 to 1000000, or 0 for none",
                "train --rule kickback --dataset robot-arm --diagnostics -1"
            ),
            new("train", "no threads", 2, "error: --threads 0: 1 to 1024", "train --rule competitive --threads 0"),
            new(
                "train",
                "batch normalisation of one sample",
                2,
                "error: --norm batch --batch 1: a batch of one sample has no deviation; take more samples a step",
                "train --rule backprop --norm batch --batch 1"
            ),
            new(
                "train",
                "batch normalisation without training",
                2,
                "error: --norm batch --epochs 0: what evaluation normalises with is measured in "
                    + "training; take at least one epoch, or another --norm",
                "train --rule random --norm batch"
            ),
            new(
                "train",
                "loss that the output cannot have",
                2,
                "error: rule backprop: loss cross-entropy needs a softmax output layer, this network's "
                    + "is identity; use --output softmax or leave out --set loss",
                "train --rule backprop --set loss=cross-entropy --output identity --dataset digits --limit 100"
            ),
            new(
                "train",
                "option of another program",
                2,
                "error: Unrecognized command or argument '--lr'; did you mean --learning-rate? ('reproduce "
                    + "train --help' says more)",
                "train --rule oja --lr 0.1"
            ),
            new(
                "train",
                "option with a hyphen too many",
                2,
                "error: Unrecognized command or argument '--data-set'; did you mean --dataset? ('reproduce "
                    + "train --help' says more)",
                "train --rule oja --data-set digits"
            ),
            new(
                "train",
                "target that a data set has not",
                2,
                "error: --targets 10: embedded digits has no target '10'; there are: 0, 1, 2, 3, 4, 5, 6, "
                    + "7, 8, 9, all, each",
                "train --rule kickback --dataset digits --targets 10 --limit 100"
            ),
            new(
                "train",
                "target that a regression has not",
                2,
                "error: --targets t8: simulated robot arm has no target 't8'; there are: t1, t2, t3, t4, t5, "
                    + "t6, t7, all, each",
                "train --rule kickback --dataset robot-arm --targets t8"
            ),
            new(
                "train",
                "scalar error with softmax",
                2,
                "error: rule kickback: kickback has nothing to learn from a softmax output layer; use "
                    + "--output identity",
                "train --rule kickback --dataset digits --limit 100 --targets all --output softmax"
            ),
            new(
                "train",
                "probe of real numbers",
                2,
                "error: --probe ridge: simulated robot arm has no classes to probe for; leave it out",
                "train --rule kickback --dataset robot-arm --probe ridge"
            ),
            new(
                "train",
                "softmax of real numbers",
                2,
                "error: --output softmax: cannot say real numbers; use --output identity",
                "train --rule backprop --dataset robot-arm --output softmax"
            ),
            new(
                "train",
                "pixels of what has none",
                2,
                "error: --pixels mnist: simulated robot arm has no pixels; leave it out",
                "train --rule kickback --dataset robot-arm --pixels mnist"
            ),
            new(
                "train",
                "activation without inverse",
                2,
                "error: rule target-propagation: target-propagation needs activations with an inverse "
                    + "everywhere, relu has none; invertible are: identity, leaky-relu, x-plus-relu "
                    + "(--activation, --output)",
                "train --rule target-propagation --activation relu --dataset digits --limit 100"
            ),
            new(
                "train",
                "results folder that is a file",
                1,
                "error: {here}/file: cannot be written to (The file '{here}/file' already exists); name another folder",
                "train --rule random --dataset digits --results {here}/file"
            )
            {
                Prepare = BadInputFiles.File,
            },
            new(
                "rules",
                "an argument",
                2,
                "error: Unrecognized command or argument 'extra' ('reproduce rules --help' says more)",
                "rules extra"
            ),
            new(
                "conformance",
                "unknown rule",
                2,
                "error: unknown rule 'nonsense'; there are: {rules}",
                "conformance --rules nonsense"
            ),
            new(
                "conformance",
                "option of several rules",
                2,
                "error: --set belongs to one rule, and there are 13; name one with --rules",
                "conformance --set a=b"
            ),
            new(
                "conformance",
                "option that the rule has not",
                2,
                "error: --set a=b: rule oja has no such option; it has none",
                "conformance --rules oja --set a=b"
            ),
            new(
                "compare",
                "unknown rule",
                2,
                "error: unknown rule 'nonsense'; there are: {rules}",
                "compare --rules competitive,nonsense"
            ),
            new(
                "compare",
                "data set",
                2,
                "error: unknown data set 'nonsense'; there are: {datasets}",
                "compare --dataset nonsense"
            ),
            new(
                "compare",
                "data set without classes",
                2,
                "error: --dataset sarcos: has no classes to probe for; name one that has, as digits or mnist",
                "compare --dataset sarcos"
            ),
            new("compare", "no width", 2, "error: --widths 0: a layer has 1 to 16384 units", "compare --widths 0"),
            new(
                "compare",
                "widths in letters",
                2,
                "error: --widths 32,x: whole numbers separated by commas",
                "compare --widths 32,x"
            ),
            new(
                "compare",
                "probe",
                2,
                "error: unknown probe 'nonsense'; there are: published, softmax, ridge, and published without some of "
                    + "its faults, in this order: published+single-softmax+no-dropout+validation+standardized",
                "compare --probe nonsense"
            ),
            new("compare", "no seeds", 2, "error: --seeds 0: 1 to 1000", "compare --seeds 0"),
            new(
                "compare",
                "seeds in letters",
                2,
                "error: --seeds many: a whole number, or auto",
                "compare --seeds many"
            ),
            new(
                "compare",
                "bound without need",
                2,
                "error: --max-seeds 5: belongs to --seeds auto; leave it out",
                "compare --max-seeds 5"
            ),
            new(
                "compare",
                "bound of one seed",
                2,
                "error: --max-seeds 1: 2 to 1000",
                "compare --seeds auto --max-seeds 1"
            ),
            new(
                "compare",
                "widths and depth",
                2,
                "error: --hidden and --widths: one network of several layers, or several of one layer; leave one out",
                "compare --hidden 8,8 --widths 8"
            ),
            new(
                "compare",
                "bracket that does not close",
                2,
                "error: --rules hebb[epochs=2: '[' without ']' at the end",
                "compare --rules hebb[epochs=2"
            ),
            new(
                "compare",
                "setting without a value",
                2,
                "error: --rules hebb[epochs]: 'epochs': name=value, each name once",
                "compare --rules hebb[epochs]"
            ),
            new(
                "compare",
                "setting that is none",
                2,
                "error: --rules hebb[a=b]: nothing is called a; there are: epochs, batch, optimizer, learning-rate, "
                    + "schedule, layerwise, norm, activation, init, init-scale, constraint",
                "compare --rules hebb[a=b]"
            ),
            new(
                "train",
                "schedule",
                2,
                "error: --schedule slow: constant, linear, cosine, or step:F@E/E… (times F, above 0 and at most 1, "
                    + "after each of the epochs named), e.g. step:0.25@50/75",
                "train --rule hebb --dataset digits --schedule slow"
            ),
            new(
                "train",
                "layer that is none",
                2,
                "error: --rule middle=hebb: 'middle=hebb' is no part; a part is LAYERS=RULE, with hidden1, hidden2, …, "
                    + "hidden (all others below the output) or output",
                "train --rule middle=hebb --dataset digits"
            ),
            new(
                "train",
                "layer that the network does not have",
                2,
                "error: --rule hidden2=hebb: there is no hidden2, the network has 1 hidden layer(s); give --hidden "
                    + "more layers, or leave the part out",
                "train --rule hidden2=hebb --dataset digits --limit 200 --hidden 4"
            ),
            new(
                "train",
                "optimizer of a mixed network",
                2,
                "error: --optimizer and --constraint: hidden=hebb has those of its parts; use --set "
                    + "hidden.optimizer=NAME and --set hidden.constraint=NAME",
                "train --rule hidden=hebb --dataset digits --optimizer momentum"
            ),
            new(
                "train",
                "layerwise with inference of its own",
                2,
                "error: --layerwise: similarity-matching has inference of its own for all layers at once; leave it out",
                "train --rule similarity-matching --dataset digits --layerwise"
            ),
            new(
                "train",
                "dropout with inference of its own",
                2,
                "error: rule similarity-matching: infers its activity itself, without dropout and batch normalisation; "
                    + "use --dropout 0 and another --norm",
                "train --rule similarity-matching --dataset digits --limit 200 --hidden 4 --dropout 0.5"
            ),
            new(
                "train",
                "classes for a rule that needs them",
                2,
                "error: --rule forward-forward: learns classes, and simulated robot arm has real numbers; take another "
                    + "data set",
                "train --rule forward-forward --dataset robot-arm --hidden 4"
            ),
            new(
                "train",
                "instrument",
                2,
                "error: unknown instrument 'x'; there are: target-propagation-expansion, target-propagation-factors, "
                    + "target-propagation-modes, target-propagation-targets",
                "train --rule hebb --dataset digits --instrument x"
            ),
            new(
                "compare",
                "setting out of range",
                2,
                "error: --rules hebb[epochs=x]: epochs=x: a whole number",
                "compare --rules hebb[epochs=x]"
            ),
            new("compare", "margin", 2, "error: --margin -1: points, from 0 to 100", "compare --margin -1"),
            new(
                "compare",
                "estimand",
                2,
                "error: --estimand nonsense: one of seeds-and-samples, seeds",
                "compare --estimand nonsense"
            ),
            new(
                "compare",
                "what is matched",
                2,
                "error: --match nonsense: one of none, epochs, steps",
                "compare --match nonsense"
            ),
            new(
                "compare",
                "layers that are probed",
                2,
                "error: --probe-layers nonsense: one of last, all",
                "compare --probe-layers nonsense"
            ),
            new(
                "compare",
                "search without validation",
                2,
                "error: --search-rates: the probe published selects on no validation data; take ridge or softmax",
                "compare --search-rates --probe published"
            ),
            new(
                "compare",
                "passes of its own and matched",
                2,
                "error: --match epochs: hebb[epochs=2] has epochs of its own; leave one of the two out",
                "compare --rules oja,hebb[epochs=2] --match epochs"
            ),
            new(
                "compare",
                "rate of its own and searched for",
                2,
                "error: --search-rates: hebb[learning-rate=1] has learning-rate of its own; leave one of the two out",
                "compare --rules hebb[learning-rate=1] --search-rates"
            ),
            new(
                "compare",
                "steps of one that takes all samples in a step",
                2,
                "error: --match steps: pca takes all samples in one step; leave one of them out",
                "compare --rules pca,oja --match steps"
            ),
            new(
                "train",
                "initial scale",
                2,
                "error: --init-scale 0: a number from 0.001 to 1000",
                "train --rule hebb --init-scale 0"
            ),
            new(
                "compare",
                "too few samples",
                2,
                "error: --limit 5: at least 100 samples, or 0 for all",
                "compare --limit 5"
            ),
            new(
                "check",
                "unknown rule",
                2,
                "error: unknown rule 'nonsense'; there are: {rules}",
                "check --rules nonsense"
            ),
            new(
                "check",
                "nothing to check",
                2,
                "error: --rules random: name at least one rule to hold against random projections",
                "check --rules random"
            ),
            new(
                "check",
                "data set without classes",
                2,
                "error: --dataset robot-arm: has no classes to probe for; name one that has, as digits or mnist",
                "check --dataset robot-arm"
            ),
            new(
                "check",
                "widths in letters",
                2,
                "error: --widths 32,x: whole numbers separated by commas",
                "check --widths 32,x"
            ),
            new("check", "too wide", 2, "error: --widths 20000: a layer has 1 to 16384 units", "check --widths 20000"),
            new(
                "check",
                "last seed too large",
                2,
                "error: --seed 9223372036854775807: none of the 10 seeds from there on may be beyond "
                    + "9223372036854775807",
                "check --seed 9223372036854775807"
            ),
            new(
                "claims",
                "an id that there is not",
                2,
                "error: unknown claim 'C99'; there are: C1, C2, C3, …",
                "claims C99"
            ),
            new(
                "claims",
                "unknown option",
                2,
                "error: unknown option '--nonsense'; 'claims --help' and 'verify --help' say which there are",
                "claims --nonsense"
            ),
            new(
                "verify",
                "no claim",
                2,
                "error: Required argument 'ids' missing for command: 'verify' ('reproduce verify --help' says more)",
                "verify"
            ),
            new(
                "verify",
                "an id that there is not",
                2,
                "error: unknown claim 'K9'; there are: C1, C2, C3, …",
                "verify K9"
            ),
            new(
                "verify",
                "no ledger",
                1,
                "error: {here}/nowhere/claims.csv: there is no ledger to compare with; name one with --ledger, or "
                    + "make it "
                    + "with 'reproduce all --profile paper'",
                "verify C2 --results {here}/nowhere"
            ),
            new(
                "claims",
                "results folder that is not there",
                1,
                "error: {here}/nowhere: there is no such folder; name one with --results or make it with "
                    + "'reproduce all --profile paper'",
                "claims --results {here}/nowhere"
            ),
            new(
                "report",
                "results folder that is not there",
                1,
                "error: {here}/nowhere: no results to report there; make them with 'reproduce run'",
                "report --results {here}/nowhere"
            ),
            new(
                "merge",
                "folder that is not there",
                1,
                "error: {here}/nowhere: there is no such folder; name the --results folders of shards",
                "merge {here}/nowhere"
            ),
            new(
                "merge",
                "results folder that is a file",
                1,
                "error: {here}/file: cannot be written to (The file '{here}/file' already exists); name another folder",
                "merge --results {here}/file"
            )
            {
                Prepare = BadInputFiles.File,
            },
            new(
                "merge",
                "damaged plan",
                1,
                "error: {results}/plans/quick.json: damaged, or of another version; remove it, a shard "
                    + "that is run again writes it anew",
                "merge"
            )
            {
                Prepare = BadInputFiles.DamagedPlan,
            },
            new(
                "merge",
                "plan of an unknown experiment",
                1,
                "error: {results}/plans/quick-robot-arm-726ae1bbb849.json: damaged, or of another "
                    + "version; remove it, a shard that is run again writes it anew",
                "merge"
            )
            {
                Prepare = BadInputFiles.UnknownPlan,
            },
            new(
                "merge",
                "plan of other data",
                1,
                "error: simulated robot arm: the shards were run on other data (SHA-256 aaaaaaaaaaaa…) "
                    + "than what is at hand (b8674f36c7c6…); name the folder of theirs with --data",
                "merge"
            )
            {
                Prepare = BadInputFiles.PlanOfOtherData,
            },
            new(
                "merge",
                "runs that are not there",
                1,
                "error: kickback/coherence: 15 run(s) of its search are not there yet; run the shards "
                    + "that lack them again, then merge",
                "merge"
            )
            {
                Prepare = BadInputFiles.PlanWithoutRuns,
            },
            new("slurm", "no tasks", 2, "error: --tasks 0: 1 to 100000", "slurm figure-3 --tasks 0"),
            new(
                "slurm",
                "number of tasks not given",
                2,
                "error: Option '--tasks' is required ('reproduce slurm --help' says more)",
                "slurm figure-3"
            ),
            new(
                "slurm",
                "unknown experiment",
                2,
                "error: unknown experiment 'nonsense'; there are: {experiments}",
                "slurm nonsense --tasks 2"
            ),
            new(
                "slurm",
                "partition with a space",
                2,
                "error: --partition a b: letters, digits and - _ . , : +, as SLURM writes it",
                "slurm figure-3 --tasks 2 --partition a␣b"
            ),
            new(
                "slurm",
                "time limit with a command",
                2,
                "error: --time 1:00;reboot: letters, digits and - _ . , : +, as SLURM writes it",
                "slurm figure-3 --tasks 2 --time 1:00;reboot"
            ),
            new(
                "slurm",
                "memory with a line break",
                2,
                "error: --memory 4G --wrap: letters, digits and - _ . , : +, as SLURM writes it",
                "slurm figure-3 --tasks 2 --memory 4G⏎--wrap"
            ),
            new("slurm", "no processors", 2, "error: --cpus 0: 1 to 1024", "slurm figure-3 --tasks 2 --cpus 0"),
            new(
                "slurm",
                "status of a folder that is not there",
                1,
                "error: {here}/nowhere: there is no such folder; name the folder of an array's results with --results",
                "slurm status --results {here}/nowhere"
            ),
            new(
                "slurm",
                "status with a damaged plan",
                1,
                "error: {results}/plans/quick.json: damaged, or of another version; remove it, a shard "
                    + "that is run again writes it anew",
                "slurm status"
            )
            {
                Prepare = BadInputFiles.DamagedPlan,
            },
            new(
                "data",
                "unknown data set to fetch",
                2,
                "error: no data set 'nonsense' with files; there are: mnist, fashion-mnist, cifar10, sarcos",
                "data fetch nonsense"
            ),
            new(
                "data",
                "data set that is made, not fetched",
                2,
                "error: no data set 'digits' with files; there are: mnist, fashion-mnist, cifar10, sarcos",
                "data fetch digits"
            ),
            new(
                "data",
                "data set that has no checksum",
                1,
                "error: SARCOS: no checksum is published, so it is not downloaded; put sarcos_inv.mat or "
                    + "sarcos_inv_test.mat (from the site of the book \"Gaussian Processes for Machine "
                    + "Learning\"), or a CSV file of that name with columns x1 to x21 and t1 to t7, into "
                    + "{data}/sarcos",
                "data fetch sarcos --data {data}"
            ),
            new(
                "data",
                "fetching offline",
                2,
                "error: data fetch needs the network, which --offline forbids",
                "data fetch mnist --offline"
            ),
            new(
                "data",
                "unknown data set to verify",
                2,
                "error: no data set 'nonsense'; there are: {made datasets}",
                "data verify nonsense"
            ),
            new(
                "data",
                "nothing to verify",
                1,
                "error: {data}/mnist/train-images-idx3-ubyte: not there; fetch it with 'reproduce data "
                    + "fetch mnist' or name another folder with --data",
                "data verify mnist --data {data}"
            ),
            new(
                "bench",
                "unknown rule",
                2,
                "error: unknown rule 'nonsense'; there are: {rules}",
                "bench --rules nonsense"
            ),
            new(
                "bench",
                "data set without classes",
                2,
                "error: --dataset robot-arm: has no classes to probe for; name one that has, as digits or mnist",
                "bench --dataset robot-arm"
            ),
            new("bench", "no rounds", 2, "error: --rounds 0: 1 to 1000", "bench --rounds 0"),
            new(
                "bench",
                "widths in letters",
                2,
                "error: --widths x: whole numbers separated by commas",
                "bench --widths x"
            ),
            new(
                "bench",
                "probe",
                2,
                "error: unknown probe 'nonsense'; there are: published, softmax, ridge, and published without some of "
                    + "its faults, in this order: published+single-softmax+no-dropout+validation+standardized",
                "bench --probe nonsense"
            ),
        ];

    private static BadInputCase[] InFiles() =>
        [
            new(
                "IDX file",
                "not there",
                1,
                "error: {data}/mnist/train-images-idx3-ubyte: not there; fetch it with 'reproduce data "
                    + "fetch mnist' or name another folder with --data",
                "train --rule random --epochs 0 --data {data} --dataset mnist"
            )
            {
                Prepare = BadInputFiles.EmptyDataFolder,
            },
            new(
                "IDX file",
                "fewer labels than images",
                1,
                "error: {data}/mnist/train-labels-idx1-ubyte.gz: 4 labels for the 5 images of "
                    + "{data}/mnist/train-images-idx3-ubyte.gz; replace both with the originals",
                "train --rule random --epochs 0 --data {data} --dataset mnist"
            )
            {
                Prepare = BadInputFiles.IdxFewerLabels,
            },
            new(
                "IDX file",
                "truncated gzip",
                1,
                "error: {data}/mnist/train-images-idx3-ubyte.gz: damaged gzip data, or cut short; replace it with the "
                    + "original",
                "train --rule random --epochs 0 --data {data} --dataset mnist"
            )
            {
                Prepare = BadInputFiles.IdxTruncated,
            },
            new(
                "IDX file",
                "text",
                1,
                "error: {data}/mnist/train-images-idx3-ubyte.gz: not an IDX file of bytes with 3 "
                    + "dimensions; replace it with the original",
                "train --rule random --epochs 0 --data {data} --dataset mnist"
            )
            {
                Prepare = BadInputFiles.IdxText,
            },
            new(
                "IDX file",
                "header that promises two thousand million images",
                1,
                "error: {data}/mnist/train-images-idx3-ubyte.gz: holds 784 values where its header "
                    + "promises 2147483647×28×28; it is truncated or damaged, replace it with the original",
                "train --rule random --epochs 0 --data {data} --dataset mnist"
            )
            {
                Prepare = BadInputFiles.IdxLying,
            },
            new(
                "IDX file",
                "whole, and not the published one",
                1,
                "error: {data}/mnist/train-images-idx3-ubyte.gz: not MNIST's file (SHA-256 of its "
                    + "content expected ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db, "
                    + "found e7aef30e2d59c0b14edf37c18fb067158fa0496047696d69331e4d09eba091bc); replace it "
                    + "with the original",
                "train --rule random --epochs 0 --data {data} --dataset mnist"
            )
            {
                Prepare = BadInputFiles.IdxOther,
            },
            new(
                "IDX file",
                "an uncompressed size of more than any",
                1,
                "error: {data}/mnist/train-images-idx3-ubyte.gz: larger than 256 MiB uncompressed, which "
                    + "no known data set is; replace it with the original",
                "train --rule random --epochs 0 --data {data} --dataset mnist"
            )
            {
                Prepare = BadInputFiles.IdxBomb,
            },
            new(
                "IDX file",
                "for another data set",
                1,
                "error: {data}/fashion-mnist/train-images-idx3-ubyte.gz: not Fashion-MNIST's file (SHA-256 of its "
                    + "content expected c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888, found "
                    + "e7aef30e2d59c0b14edf37c18fb067158fa0496047696d69331e4d09eba091bc); replace it with the original",
                "train --rule random --epochs 0 --data {data} --dataset fashion-mnist"
            )
            {
                Prepare = BadInputFiles.IdxOtherAsFashion,
            },
            new(
                "CIFAR file",
                "not there",
                1,
                "error: {data}/cifar-10/cifar-10-batches-bin/data_batch_1.bin: not there; fetch it with "
                    + "'reproduce data fetch cifar10' or name another folder with --data",
                "train --rule random --epochs 0 --data {data} --dataset cifar10"
            )
            {
                Prepare = BadInputFiles.EmptyDataFolder,
            },
            new(
                "CIFAR file",
                "a byte short",
                1,
                "error: {data}/cifar-10/cifar-10-batches-bin/data_batch_3.bin: 30729999 bytes, but 10000 "
                    + "records of 3073 bytes (1 label, 3·32·32 pixels) are 30730000; it is truncated or no "
                    + "CIFAR-10 file, replace it with the original",
                "train --rule random --epochs 0 --data {data} --dataset cifar10"
            )
            {
                Prepare = BadInputFiles.CifarShort,
            },
            new(
                "CIFAR file",
                "label 10",
                1,
                "error: {data}/cifar-10/cifar-10-batches-bin/data_batch_3.bin: record 5 has the label "
                    + "10, classes are 0 to 9; replace it with the original",
                "train --rule random --epochs 0 --data {data} --dataset cifar10"
            )
            {
                Prepare = BadInputFiles.CifarLabel,
            },
            new(
                "CIFAR file",
                "not as it came from the archive",
                1,
                "error: {data}/cifar-10/cifar-10-batches-bin/data_batch_1.bin: not the file that came from the archive "
                    + "(its SHA-256 is 3a8a84b64bcf861b26141d5cdcae007b8457d57210923dc132103760842ce568, SHA256SUMS "
                    + "has another); replace it with the original, or delete SHA256SUMS to use it unverified",
                "train --rule random --epochs 0 --data {data} --dataset cifar10"
            )
            {
                Prepare = BadInputFiles.CifarOtherSums,
            },
            new(
                "CSV file",
                "not there",
                1,
                "error: {data}/sarcos: has no SARCOS file; put sarcos_inv.mat or sarcos_inv_test.mat "
                    + "(from the site of the book \"Gaussian Processes for Machine Learning\"), or a CSV file "
                    + "of that name with columns x1 to x21 and t1 to t7, into {data}/sarcos",
                "train --rule kickback --data {data} --dataset sarcos"
            )
            {
                Prepare = BadInputFiles.EmptyDataFolder,
            },
            new(
                "CSV file",
                "column missing",
                1,
                "error: {data}/sarcos/sarcos_inv.csv: row 1 (the header) lacks the column x3; it needs x1 to t7",
                "train --rule kickback --data {data} --dataset sarcos"
            )
            {
                Prepare = BadInputFiles.CsvColumnMissing,
            },
            new(
                "CSV file",
                "cell that is no number",
                1,
                "error: {data}/sarcos/sarcos_inv.csv: row 5, column x1: 'abc' is not a finite number; "
                    + "correct it or remove the row",
                "train --rule kickback --data {data} --dataset sarcos"
            )
            {
                Prepare = BadInputFiles.CsvWord,
            },
            new(
                "CSV file",
                "row too short",
                1,
                "error: {data}/sarcos/sarcos_inv.csv: row 9 has not as many cells as the header, or is "
                    + "damaged; correct or remove it",
                "train --rule kickback --data {data} --dataset sarcos"
            )
            {
                Prepare = BadInputFiles.CsvShortRow,
            },
            new(
                "CSV file",
                "too few rows",
                1,
                "error: {data}/sarcos: has only 20 rows; replace its files with the originals",
                "train --rule kickback --data {data} --dataset sarcos"
            )
            {
                Prepare = BadInputFiles.CsvFewRows,
            },
            new(
                "CSV file",
                "empty",
                1,
                "error: {data}/sarcos/sarcos_inv.csv: row 1 (the header) lacks the columns x1, x2, x3, "
                    + "x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15, x16, x17, x18, x19, x20, x21, t1, "
                    + "t2, t3, t4, t5, t6, t7; it needs x1 to t7",
                "train --rule kickback --data {data} --dataset sarcos"
            )
            {
                Prepare = BadInputFiles.CsvEmpty,
            },
            new(
                "MATLAB file",
                "text",
                1,
                "error: {data}/sarcos/sarcos_inv.mat: not a MATLAB file of level 5 in little-endian "
                    + "order; replace it with the original",
                "train --rule kickback --data {data} --dataset sarcos"
            )
            {
                Prepare = BadInputFiles.MatlabText,
            },
            new(
                "MATLAB file",
                "truncated",
                1,
                "error: {data}/sarcos/sarcos_inv.mat: damaged or truncated; replace it with the original",
                "train --rule kickback --data {data} --dataset sarcos"
            )
            {
                Prepare = BadInputFiles.MatlabTruncated,
            },
            new(
                "MATLAB file",
                "size that lies",
                1,
                "error: {data}/sarcos/sarcos_inv.mat: damaged or truncated; replace it with the original",
                "train --rule kickback --data {data} --dataset sarcos"
            )
            {
                Prepare = BadInputFiles.MatlabLying,
            },
            new(
                "results",
                "provenance damaged",
                1,
                "error: {results}/quick/kickback/robot-arm/coherence.provenance.json: damaged; make it "
                    + "again with 'reproduce run'",
                "figures coherence"
            )
            {
                Prepare = BadInputFiles.DamagedProvenance,
            },
            new(
                "results",
                "table changed by hand",
                1,
                "error: {results}/quick/kickback/robot-arm/coherence.csv: not the file that its "
                    + "provenance names; make it again with 'reproduce run'",
                "figures coherence"
            )
            {
                Prepare = BadInputFiles.ChangedTable,
            },
            new(
                "results",
                "table missing",
                1,
                "error: {results}/quick/kickback/robot-arm/coherence.csv: not there; make it with 'reproduce run'",
                "figures coherence"
            )
            {
                Prepare = BadInputFiles.MissingTable,
            },
            new(
                "results",
                "two records of a run that differ",
                1,
                "error: {results}/runs/0c285068b732c115.json and {here}/other/runs/0c285068b732c115.json: the same run "
                    + "with other results; one is of other data or of another build, remove it",
                "merge {here}/other"
            )
            {
                Prepare = BadInputFiles.RecordsThatDiffer,
            },
            new(
                "plugin",
                "file that is not there",
                0,
                "warning: plugin {here}/nothing.dll: there is no such file",
                "rules --plugin {here}/nothing.dll"
            ),
            new(
                "plugin",
                "folder without plugins",
                0,
                "warning: plugin {here}: is a folder without plugins; name the .dll, or the folder it lies in",
                "rules --plugin {here}"
            ),
            new(
                "plugin",
                "file that is no assembly",
                0,
                "warning: plugin {here}/file: is no .NET assembly",
                "rules --plugin {here}/file"
            )
            {
                Prepare = BadInputFiles.File,
            },
            new(
                "plugin",
                "assembly that does not use the contract",
                0,
                "warning: plugin {suite}/MathNet.Numerics.dll: has no learning rule: it does not use "
                    + "Reproduction.Network",
                "rules --plugin {suite}/MathNet.Numerics.dll"
            ),
            new(
                "plugin",
                "assembly without a rule",
                0,
                "warning: plugin {suite}/Reproduction.Conformance.dll: has no public class marked [LearningRule], nor "
                    + "one marked [Activation], [DataSet], [Probe], [Instrument]",
                "rules --plugin {suite}/Reproduction.Conformance.dll"
            ),
            new(
                "plugin",
                "rule whose id is taken",
                0,
                "warning: plugin {plugin}/SamplePlugin.dll: two rules have the id backprop: "
                    + "Reproduction.Algorithms.Backprop.Backpropagation of Reproduction.Algorithms.Backprop and "
                    + "SamplePlugin.SampleTaken of SamplePlugin; rename one",
                "rules --plugin {plugin}/SamplePlugin.dll"
            ),
            new(
                "plugin",
                "rule that throws",
                1,
                "error: rule sample-thrower of SamplePlugin failed at step 1: InvalidOperationException: "
                    + "boom at SamplePlugin.SampleThrower.Propose(LearningStep step, Object state, Proposal "
                    + "proposal)…",
                "train --plugin {plugin}/SamplePlugin.dll --dataset digits --limit 200 --hidden 4 --rule sample-thrower"
            ),
            new(
                "pictures",
                "size of one number",
                2,
                "error: --image-size 32: width x height in pixels, as 32x32, each from 1 to 1024",
                "train --rule random --dataset images --image-size 32"
            ),
            new(
                "pictures",
                "size of nothing",
                2,
                "error: --image-size 0x8: width x height in pixels, as 32x32, each from 1 to 1024",
                "compare --rules hebbnet --dataset images --image-size 0x8"
            ),
            new(
                "pictures",
                "background by a name",
                2,
                "error: --image-background white: # and six hexadecimal digits, as #FFFFFF for white",
                "train --rule random --dataset images --image-background white"
            ),
            new(
                "pictures",
                "size for data that are no folders of pictures",
                2,
                "error: --image-size: belongs to --dataset images, and this is digits; leave it out",
                "train --rule random --dataset digits --image-size 8x8"
            ),
            new(
                "plugin",
                "rule that writes another shape",
                1,
                "error: rule sample-shape of SamplePlugin failed at step 1: ArgumentException: Matrix "
                    + "dimensions must agree: op1 is 3x3, op2 is 4x784. (Parameter 'target') at "
                    + "SamplePlugin.SampleShape.Propose(LearningStep step, Object state, Proposal proposal)…",
                "train --plugin {plugin}/SamplePlugin.dll --dataset digits --limit 200 --hidden 4 --rule sample-shape"
            ),
            new(
                "plugin",
                "what it needs does not lie beside it",
                1,
                "error: rule sample-hebb of SamplePlugin failed at step 1: FileNotFoundException: Could not load file "
                    + "or assembly 'SampleDependency, Version=0.3.0.0, Culture=neutral, PublicKeyToken=null'. The "
                    + "system cannot find the file specified.  at SamplePlugin.SampleHebb.Propose(LearningStep step, "
                    + "Object state, Proposal proposal)",
                "train --plugin {here}/SamplePlugin.dll --dataset digits --limit 200 --hidden 4 --rule sample-hebb"
            )
            {
                Prepare = BadInputFiles.PluginAlone,
            },
            new(
                "plugin",
                "unknown rule of a plugin",
                2,
                "error: unknown rule 'sample-nothing'; there are: backprop, bcm, competitive, "
                    + "difference-target-propagation, direct-feedback-alignment, equilibrium-propagation, "
                    + "feedback-alignment, forward-forward, hebb, hebbnet, influence-hebb, kickback, krotov-hopfield, "
                    + "local-losses, mono-forward, node-perturbation, oja, pca, pepita, predictive-coding, random, "
                    + "sample-hebb, sample-nan, sample-shape, sample-thrower, sample-unseeded, sign-symmetry, "
                    + "similarity-matching, softhebb, target-propagation, weight-perturbation; "
                    + "plugin {plugin}/SamplePlugin.dll: two rules have the id backprop: "
                    + "Reproduction.Algorithms.Backprop.Backpropagation of Reproduction.Algorithms.Backprop and "
                    + "SamplePlugin.SampleTaken of SamplePlugin; rename one",
                "train --plugin {plugin}/SamplePlugin.dll --dataset digits --limit 200 --hidden 4 --rule sample-nothing"
            ),
        ];
}
