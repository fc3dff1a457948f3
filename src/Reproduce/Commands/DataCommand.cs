using System.CommandLine;
using Reproduction.CommandLine.Display;
using Reproduction.Data;
using Reproduction.Evaluation.Records;

namespace Reproduction.CommandLine.Commands;

/// <summary>The commands <c>data list</c>, <c>data fetch</c> and <c>data verify</c>.</summary>
internal static class DataCommand
{
    public static Command Create(CommonOptions options)
    {
        Command command = new("data", "list, download and check data sets")
        {
            List(options),
            Fetch(options),
            Verify(options),
        };
        return command;
    }

    private static Command List(CommonOptions options)
    {
        Command command = new("list", "list the data sets and whether they are available") { options.Data };
        command.SetAction(arguments =>
        {
            string folder = options.DataFolder(arguments);
            foreach ((string id, string title, _) in DataSets.Generated)
            {
                Console.WriteLine($"{id}: {title}, always at hand");
            }

            foreach (PublishedDataSet set in DataSets.WithFiles)
            {
                Console.WriteLine($"{set.Id}: {set.Title}, {set.Describe(folder)}");
            }

            Console.WriteLine($"{ImageFolder.Id}: pictures of your own, {ImageFolder.Describe(folder)}");
        });
        return command;
    }

    private static Command Fetch(CommonOptions options)
    {
        Argument<string> name = new("name")
        {
            Description = "data set",
            DefaultValueFactory = _ => IdxDataSet.Mnist.Id,
        };
        Command command = new("fetch", "download a data set and check it")
        {
            name,
            options.Data,
            options.Offline,
            options.Quiet,
        };
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(options.Offline))
            {
                throw new SpecificationException("data fetch needs the network, which --offline forbids");
            }

            IDisplay display = options.Display(arguments);
            PublishedDataSet set = Find(arguments.GetValue(name)!);
            display.WithProgress(
                set.Title,
                advance =>
                {
                    DataSets sets = new(
                        options.DataFolder(arguments),
                        mayDownload: true,
                        display.Line,
                        (_, have, total) => advance(have, total ?? have)
                    );
                    sets.Fetch(set);
                }
            );
            Report(set.Load(options.DataFolder(arguments)), display.Line);
        });
        return command;
    }

    private static Command Verify(CommonOptions options)
    {
        Argument<string> name = new("name")
        {
            Description = "data set",
            DefaultValueFactory = _ => IdxDataSet.Mnist.Id,
        };
        Command command = new("verify", "check a data set's files against their published checksums")
        {
            name,
            options.ImageSize,
            options.ImageBackground,
            options.Data,
            options.Quiet,
        };
        command.SetAction(arguments =>
        {
            IDisplay display = options.Display(arguments);
            string chosen = arguments.GetValue(name)!;
            if (chosen == DataSets.Auto || !DataSets.Names.Contains(chosen))
            {
                throw new SpecificationException(
                    $"no data set '{chosen}'; there are: "
                        + $"{string.Join(", ", DataSets.Names.Where(name => name != DataSets.Auto))}"
                );
            }

            Report(
                new DataSets(options.DataFolder(arguments), mayDownload: false, display.Line)
                {
                    Pictures = options.PictureOptions(arguments),
                }.Open(chosen),
                display.Line
            );
        });
        return command;
    }

    private static PublishedDataSet Find(string name) =>
        DataSets.WithFiles.FirstOrDefault(set => set.Id == name)
        ?? throw new SpecificationException(
            $"no data set '{name}' with files; there are: {string.Join(", ", DataSets.WithFiles.Select(set => set.Id))}"
        );

    private static void Report(DataSet data, Action<string> line)
    {
        foreach ((string part, string checksum) in data.Checksums.OrderBy(part => part.Key, StringComparer.Ordinal))
        {
            line($"{part}  SHA-256 {checksum}");
        }

        // Files that only look right are used and labelled as such, but nothing vouches for them.
        PublishedDataSet? set = DataSets.WithFiles.FirstOrDefault(set => set.Id == data.Id);
        if (set is { Mirrors.Count: 0 } || data.Id == ImageFolder.Id)
        {
            line(
                $"{data.Title}: {data.Training.Examples.Count} training and {data.Test.Examples.Count} "
                    + "test samples; no checksum is published, so nothing vouches for the files"
            );
            return;
        }

        if (set is not null && set.Title != data.Title)
        {
            throw new DataSetException(
                $"{data.Title}: complete, but not the published {set.Title}; results made from it are "
                    + $"called \"{data.Title}\""
            );
        }

        line(
            $"{data.Title}: {data.Training.Examples.Count} training and {data.Test.Examples.Count} test "
                + "samples, as they should be"
        );
    }
}
