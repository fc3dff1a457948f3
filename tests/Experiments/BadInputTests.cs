using Reproduction.Tests.Data;

namespace Reproduction.Tests.Experiments;

/// <summary>Every way to be wrong ends in one line that says what, where and what to do.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Executable reproduce = new();

    public static TheoryData<string, string> WrongUsage => new()
    {
        { "nonsense", "nonsense" },
        { "--profile nonsense", "one of quick, paper" },
        { "train", "--rule" },
        { "train --rule non\nsense", "unknown rule 'non sense'" },
        { "data fetch mnist extra", "'reproduce data fetch --help'" },
        { "train --rule nonsense", "there are: backprop, competitive, difference-target-propagation, hebb, hebbnet, influence-hebb, kickback, krotov-hopfield, oja, pca, random, softhebb, target-propagation" },
        { "train --rule competitive --nonsense 3", "--nonsense" },
        { "train --rule competitive --dataset nonsense", "there are: auto, digits, robot-arm, robot-arm-noisy, mnist" },
        { "train --rule competitive --hidden 0", "--hidden 0" },
        { "train --rule competitive --hidden 16385", "1 to 16384 units" },
        { "train --rule competitive --hold-out maybe", "maybe" },
        { "train --rule competitive --hidden 12,x", "--hidden 12,x" },
        { "train --rule competitive --hidden -5", "--hidden -5" },
        { "train --rule competitive --set nonsense=1", "there are: temperature, mean-decay, mask" },
        { "train --rule competitive --set temperature=0", "number above 0" },
        { "train --rule competitive --set temperature", "name=value" },
        { "train --rule competitive --probe nonsense", "there are: published, softmax, ridge" },
        { "train --rule competitive --norm nonsense", "one of none, layer" },
        { "train --rule competitive --optimizer nonsense", "one of sgd, momentum, adamw" },
        { "train --rule competitive --activation nonsense", "triangle" },
        { "train --rule competitive --learning-rate -1", "--learning-rate -1" },
        { "train --rule competitive --learning-rate NaN", "--learning-rate NaN" },
        { "train --rule competitive --epochs many", "whole number" },
        { "train --rule competitive --epochs -1", "--epochs -1" },
        { "train --rule competitive --batch -1", "--batch -1" },
        { "train --rule competitive --dropout 1", "--dropout 1" },
        { "train --rule competitive --limit 5", "--limit 5" },
        { "train --rule competitive --threads 0", "--threads 0" },
        { "train --rule backprop --set loss=cross-entropy --output identity --dataset digits --limit 100", "--output softmax" },
        { "run nonsense", "there are: competitive-hebbian/baselines" },
        { "train --rule competitive --control nonsense", "none, shuffled or reinit:P" },
        { "train --rule competitive --control reinit:2", "--control reinit:2" },
        { "train --rule competitive --hidden none --control shuffled", "no hidden layer" },
        { "check --seed 9223372036854775807", "no seed beyond" },
        { "train --rule competitive --pixels nonsense", "one of own, mnist" },
        { "check --rules nonsense", "there are: backprop, competitive" },
        { "check --rules random", "name at least one rule" },
        { "check --widths 32,x", "--widths 32,x" },
        { "check --widths 0", "0: a layer has 1 to 16384 units" },
        { "check --seeds 0", "--seeds 0" },
        { "check --probe nonsense", "unknown probe 'nonsense'" },
        { "compare --dataset nonsense", "there are: auto, digits, robot-arm, robot-arm-noisy, mnist, fashion-mnist, cifar10, sarcos" },
        { "claims --nonsense", "--nonsense" },
        { "figures --dataset nonsense", "there are: auto, digits, robot-arm, robot-arm-noisy, mnist" },
        { "figures nonsense", "there are: competitive-hebbian/baselines" },
        { "all --profile nonsense", "one of quick, paper" },
        { "all --seeds 0", "--seeds 0" },
        { "all --dataset nonsense", "there are: auto, digits, robot-arm, robot-arm-noisy, mnist" },
        { "train --rule kickback --dataset digits --targets 10 --limit 100", "--targets 10: embedded digits has 0, 1, 2" },
        { "train --rule kickback --dataset robot-arm --targets t8", "--targets t8: simulated robot arm has t1, t2" },
        { "train --rule kickback --dataset robot-arm --set hops=-1", "--set hops=-1: rule kickback takes a whole number from 0 to 64" },
        { "train --rule kickback --dataset robot-arm --probe ridge", "no classes to probe for" },
        { "train --rule backprop --dataset robot-arm --output softmax", "cannot say real numbers; use --output identity" },
        { "train --rule kickback --dataset robot-arm --diagnostics -1", "--diagnostics -1" },
        { "train --rule kickback --norm nonsense", "one of none, layer, batch" },
        { "check --dataset robot-arm", "--dataset robot-arm: has no classes to probe for" },
        { "train --rule kickback --dataset digits --limit 100 --targets all --output softmax", "use --output identity" },
        { "train --rule backprop --norm batch --batch 1", "a batch of one sample has no deviation" },
        { "train --rule random --norm batch", "take at least one epoch" },
        { "train --rule kickback --norm-input maybe", "maybe" },
        { "train --rule kickback --dataset robot-arm --pixels mnist", "has no pixels" },
        { "data fetch nonsense", "there are: mnist, fashion-mnist, cifar10" },
        { "data verify nonsense", "there are: digits, robot-arm" },
    };

    public void Dispose() => reproduce.Dispose();

    [Theory]
    [MemberData(nameof(WrongUsage))]
    public async Task Wrong_usage_exits_with_2_and_names_what_is_wrong(string command, string expected)
    {
        string[] arguments = command.Split(' ');
        bool takesResults = arguments[0] is "train" or "run" or "all" or "figures" or "check" or "compare" or "claims" or "--profile";
        string error = await reproduce.Fail(2, takesResults ? [.. arguments, "--results", reproduce.Results] : arguments);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(reproduce.Results) && Directory.GetFiles(reproduce.Results, "*", SearchOption.AllDirectories).Length > 0);
    }

    [Fact]
    public async Task Damaged_data_exits_with_1_and_names_the_file()
    {
        string folder = IdxFiles.WriteFakeMnist(reproduce.Data, images: 5, labels: 4);
        string[] train = ["train", "--rule", "random", "--dataset", "mnist", "--data", reproduce.Data, "--results", reproduce.Results];
        Assert.Contains("4 labels for the 5 images", await reproduce.Fail(1, train), StringComparison.Ordinal);
        string images = Path.Combine(folder, "train-images-idx3-ubyte.gz");
        await File.WriteAllBytesAsync(images, (await File.ReadAllBytesAsync(images))[..15]);
        Assert.Contains(images, await reproduce.Fail(1, train), StringComparison.Ordinal);
        Assert.Contains(images, await reproduce.Fail(1, "all", "--quiet", "--data", reproduce.Data, "--results", reproduce.Results, "--figures", reproduce.Figures), StringComparison.Ordinal);
        await File.WriteAllTextAsync(images, "not an image");
        Assert.Contains("not an IDX file", await reproduce.Fail(1, train), StringComparison.Ordinal);
        File.Delete(images);
        Assert.Contains("data fetch mnist", await reproduce.Fail(1, train), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(reproduce.Results, "quick")));
    }

    [Fact]
    public async Task A_results_folder_that_cannot_be_written_is_refused_before_any_computing()
    {
        await File.WriteAllTextAsync(reproduce.Results, "a file where the folder should be");
        string error = await reproduce.Fail(1, "train", "--rule", "random", "--dataset", "digits", "--results", reproduce.Results);
        Assert.Contains(reproduce.Results, error, StringComparison.Ordinal);
        Assert.Equal("a file where the folder should be", await File.ReadAllTextAsync(reproduce.Results));
    }

    [Fact]
    public async Task Damaged_results_are_one_line_that_names_the_file()
    {
        Assert.Equal(0, (await reproduce.Run("run", "figure-1", "--dataset", "digits", "--results", reproduce.Results)).Code);
        string folder = Path.Combine(reproduce.Results, "quick", "competitive-hebbian", "digits"), gini = Path.Combine(folder, "figure-1-curves.csv"), content = await File.ReadAllTextAsync(gini);
        string[] figures = ["figures", "--results", reproduce.Results, "--figures", reproduce.Figures];
        await File.WriteAllTextAsync(gini, content.Replace(",25,", ",25x,", StringComparison.Ordinal));
        Assert.Contains("figure-1-curves.csv: not the file that its provenance names", await reproduce.Fail(1, figures), StringComparison.Ordinal);
        await File.WriteAllTextAsync(gini, content[..(content.Length - 20)]);
        Assert.Contains("figure-1-curves.csv", await reproduce.Fail(1, figures), StringComparison.Ordinal);
        File.Delete(gini);
        Assert.Contains("figure-1-curves.csv", await reproduce.Fail(1, figures), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "figure-1.provenance.json"), "{");
        Assert.Contains("figure-1.provenance.json", await reproduce.Fail(1, figures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_without_results_say_how_to_make_them()
    {
        string error = await reproduce.Fail(1, "figures", "--results", reproduce.Results, "--figures", reproduce.Figures);
        Assert.Contains("reproduce run", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offline_and_without_data_the_digits_are_taken_and_said_so()
    {
        string train = "train --rule random --hidden 8 --limit 600 --offline --data";
        Assert.Contains("no such folder", await reproduce.Fail(1, [.. train.Split(' '), reproduce.Data, "--results", reproduce.Results]), StringComparison.Ordinal);
        Directory.CreateDirectory(reproduce.Data);
        Executable.Outcome outcome = await reproduce.Run("train", "--rule", "random", "--hidden", "8", "--limit", "600", "--offline", "--data", reproduce.Data, "--results", reproduce.Results);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("digits", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("--offline", outcome.Output, StringComparison.Ordinal);
    }
}
