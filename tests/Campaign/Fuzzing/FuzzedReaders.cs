using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using Reproduction.Campaign.Files;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Studies;
using Reproduction.Studies.Results;
using Reproduction.Studies.Running;
using Reproduction.Studies.Shards;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Pbm;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;

namespace Reproduction.Campaign.Fuzzing;

/// <summary>Every reader of files that the suite has.</summary>
internal static class FuzzedReaders
{
    private static readonly string[] CsvWords =
    [
        ",",
        "\n",
        "\r\n",
        "\"",
        "\"\"",
        "x1",
        "t7",
        "NaN",
        "Infinity",
        "1e999",
        "-0",
        "1,5",
        "\0",
        "\ufeff",
        new('9', 400),
        new(',', 100),
        ";",
        " ",
    ];
    private static readonly string[] JsonWords =
    [
        "null",
        "true",
        "[]",
        "{}",
        "\"\"",
        "-1",
        "1e999",
        "\"NaN\"",
        "99999999999999999999",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\u0000",
        "\\",
        "/*",
        "\ufeff",
        "\"hidden\":[1]",
        "\"seed\":1",
        new('[', 100),
        "\"../../x\"",
        "<script>",
    ];

    /// <param name="folder">The folder with the other files of readers that need more than one.</param>
    public static IReadOnlyList<FuzzedReader> All(string folder) =>
        [
            Idx("IDX images", [12, 3, 4]),
            Idx("IDX labels", [144]),
            Cifar(folder),
            CifarArchive(folder),
            Csv(),
            ResultCsv(),
            Matlab(),
            Pictures(),
            Plugins(),
            .. Specs(folder),
            .. Records(folder),
        ];

    /// <summary>Reads IDX files with the dimensions of images or of labels.</summary>
    private static FuzzedReader Idx(string name, int[] dimensions)
    {
        byte[] array = IdxFiles.Array(dimensions, Noise(dimensions.Aggregate((product, size) => product * size)));
        return new FuzzedReader(
            name,
            [new(array), new(array, IdxFiles.Gzip), new(IdxFiles.Gzip(array))],
            [],
            path => IdxArray.Read(path, dimensions.Length)
        );
    }

    /// <summary>Reads CIFAR-10's six files, of which one, or the list of their checksums, is changed.</summary>
    private static FuzzedReader Cifar(string folder)
    {
        CifarDataSet set = CifarFiles.Small;
        string batches = CifarFiles.Write(folder, set),
            changed = Path.Combine(batches, set.Files[0]),
            sums = Path.Combine(batches, CifarDataSet.SumsFile);
        byte[] whole = File.ReadAllBytes(changed),
            lines = Encoding.UTF8.GetBytes(
                string.Concat(set.Files.Select(name => $"{Checksum(Path.Combine(batches, name))}  {name}\n"))
            );
        return new FuzzedReader(
            "CIFAR",
            [new(whole), new(lines)],
            ["  ", "\n", "data_batch_1.bin", set.Files[^1]],
            path =>
            {
                byte[] content = File.ReadAllBytes(path);
                bool isList = content.Length < whole.Length / 2;
                File.Delete(sums);
                File.WriteAllBytes(isList ? sums : changed, content);
                if (isList)
                {
                    File.WriteAllBytes(changed, whole);
                }

                set.Load(folder);
            }
        );
    }

    /// <summary>Unpacks an archive of CIFAR-10; its files must lie where they belong and nowhere else.</summary>
    private static FuzzedReader CifarArchive(string folder)
    {
        CifarDataSet set = CifarFiles.Small;
        byte[] archive = CifarFiles.Archive(
            set.Files.Select(name => ("cifar-10-batches-bin/" + name, TarEntryType.RegularFile, Noise(64)))
        );
        string[] words =
        [
            "../",
            "/",
            "../../outside",
            "data_batch_1.bin",
            "test_batch.bin",
            "\0",
            "0",
            "1",
            "2",
            "5",
            "L",
            "x",
        ];
        return new FuzzedReader(
            "CIFAR archive",
            [new(archive, IdxFiles.Gzip), new(IdxFiles.Gzip(archive))],
            words,
            path =>
            {
                string target = Path.Combine(folder, "unpacked", "inside");
                Directory.CreateDirectory(target);
                File.Copy(path, Path.Combine(target, "archive"), overwrite: true);
                DataSetException? refusal = null;
                try
                {
                    set.Unpack(Path.Combine(target, "archive"), Path.Combine(target, "set"));
                }
                catch (DataSetException exception)
                {
                    refusal = exception;
                }

                string unpacked = Path.Combine(folder, "unpacked");
                string[] known =
                [
                    "inside",
                    "inside/archive",
                    "inside/set",
                    .. (
                        (string[])[.. set.Files, .. set.Files.Select(name => name + ".part"), CifarDataSet.SumsFile]
                    ).Select(name => $"inside/set/{name}"),
                ];
                string[] strays =
                [
                    .. Directory
                        .EnumerateFileSystemEntries(unpacked, "*", SearchOption.AllDirectories)
                        .Select(entry => Path.GetRelativePath(unpacked, entry).Replace('\\', '/'))
                        .Except(known),
                ];
                Directory.Delete(unpacked, recursive: true);
                if (strays.Length > 0)
                {
                    throw new InvalidOperationException($"unpacked: {string.Join(", ", strays)}");
                }

                if (refusal is not null)
                {
                    throw refusal;
                }
            }
        )
        {
            IsVouchedFor = true,
        };
    }

    private static FuzzedReader Csv()
    {
        byte[] csv = Encoding.UTF8.GetBytes(SarcosFiles.Csv(SarcosFiles.Rows(12, 1)));
        return new FuzzedReader(
            "CSV",
            [new(csv), new(csv, IdxFiles.Gzip), new(IdxFiles.Gzip(csv))],
            CsvWords,
            path => RealCsv.Read(path, SarcosFiles.ColumnNames)
        );
    }

    private static FuzzedReader ResultCsv()
    {
        IEnumerable<MeasureRow> rows =
            from i in Enumerable.Range(0, 12)
            let measure = i % 3 == 0 ? "a \"word\", and\nanother" : ""
            select new MeasureRow($"arm-{i}", i, measure, Math.Sin(i));
        ResultTable<MeasureRow> table = new("table", [.. rows]);

        return new FuzzedReader(
            "CSV of results",
            [new(table.ToCsv())],
            CsvWords,
            path =>
            {
                string csv = path + ".csv";
                File.Copy(path, csv, overwrite: true);
                ResultTable<MeasureRow>.Load(Path.GetDirectoryName(path)!, Path.GetFileName(path));
            }
        );
    }

    private static FuzzedReader Matlab()
    {
        double[][] rows = SarcosFiles.Rows(6, 2);
        byte[] plain = SarcosFiles.Matlab(rows, compress: false),
            element = plain[128..];
        return new FuzzedReader(
            "MATLAB",
            [
                new(plain),
                new(SarcosFiles.Matlab(rows, compress: true)),
                new(element, changed => SarcosFiles.Compressed(plain[..128], changed)),
                new(element, changed => [.. plain[..128], .. changed]),
                new(plain, IdxFiles.Gzip),
            ],
            [],
            path => MatlabMatrix.Read(path, SarcosFiles.ColumnNames.Count)
        );
    }

    /// <summary>Reads pictures of every format that ImageSharp writes here and the suite reads.</summary>
    private static FuzzedReader Pictures()
    {
        using Image<Rgba32> drawn = new(9, 7);
        drawn.ProcessPixelRows(rows =>
        {
            for (int i = 0; i < rows.Width * rows.Height; i++)
            {
                byte grey = (byte)(i * 4);
                rows.GetRowSpan(i / rows.Width)[i % rows.Width] = new Rgba32(grey, (byte)(255 - grey), 90, (byte)~i);
            }
        });
        FuzzedFile In(IImageEncoder encoder)
        {
            using MemoryStream stream = new();
            drawn.Save(stream, encoder);
            return new FuzzedFile(stream.ToArray());
        }

        return new FuzzedReader(
            "pictures",
            [
                In(new PngEncoder()),
                In(new PngEncoder { ColorType = PngColorType.Palette }),
                In(new PngEncoder { ColorType = PngColorType.Grayscale, BitDepth = PngBitDepth.Bit16 }),
                In(new JpegEncoder()),
                In(new GifEncoder()),
                In(new BmpEncoder()),
                In(new WebpEncoder()),
                In(new PbmEncoder()),
            ],
            ["IHDR", "PLTE", "IDAT", "IEND", "acTL", "GIF87a", "RIFF", "VP8L", "VP8X", "BM", "P5\n", "\u00ff\u00d9"],
            path => PictureReader.Read(path, PictureOptions.Default)
        )
        {
            // A few bytes may well be a large picture of one colour.
            Allowance = 1L << 28,
        };
    }

    /// <summary>Asks an assembly that nobody has named which rules it declares.</summary>
    private static FuzzedReader Plugins() =>
        new(
            "plugin assemblies",
            [new(File.ReadAllBytes(SamplePlugin.File))],
            ["LearningRuleAttribute", "Reproduction.Network", "sample-hebb"],
            path => _ = PluginFile.Ids(path) is [] ? throw new SpecificationException("no rules") : true
        );

    /// <summary>Reads run specs and the files that shards of a sweep leave for each other.</summary>
    private static IEnumerable<FuzzedReader> Specs(string folder)
    {
        RuleCatalog rules = RuleCatalog.BuiltIn();
        FuzzedFile[] specs =
        [
            .. rules.Rules.Select(rule => new FuzzedFile(
                Encoding.UTF8.GetBytes(rule.Spec("digits", [32, 16], 7, ["ridge", "softmax"]).ToJson())
            )),
        ];
        string[] names =
        [
            .. JsonWords,
            .. rules.Rules.Select(rule => rule.Id),
            "reinit:0.5",
            "shuffled",
            "relu",
            "softmax",
            "published",
            "layer",
            "kebab-case",
        ];
        yield return new FuzzedReader(
            "specs",
            specs,
            names,
            path =>
                (
                    RunJson.Read<RunSpec>(File.ReadAllBytes(path))
                    ?? throw new SpecificationException("no specification")
                ).Validate(rules)
        );

        string results = Path.Combine(folder, "plans");
        ResultLayout layout = new(results, results);
        ShardPlan plan = new()
        {
            Experiments = ["competitive-hebbian/figure-3"],
            Profile = Profile.Quick,
            DataSet = "digits",
            DataSetSha256 = new string('a', 64),
            TrainingSamples = 60_000,
            Seeds = [1, 2, 3],
            Plugged = [],
        };
        plan.Save(layout);
        string file = Directory.GetFiles(layout.Plans).Single();
        yield return new FuzzedReader(
            "plans of shards",
            [new(File.ReadAllBytes(file))],
            [.. JsonWords, "kickback", "mnist"],
            path =>
            {
                File.Copy(path, file, overwrite: true);
                foreach (ShardPlan read in ShardPlan.In(layout))
                {
                    _ = ShardStatus.Of(read, layout, rules, _ => { }).ToArray();
                }
            }
        );
    }

    private static IEnumerable<FuzzedReader> Records(string folder)
    {
        string runs = Path.Combine(folder, "records");
        RuleCatalog rules = RuleCatalog.BuiltIn();
        RunSpec spec = rules["oja"].Spec("digits", [4], 1, ["ridge"]);
        string sha256 = new('b', 64),
            code = new RunExecutor(rules).CodeOf(spec);
        RunStore store = new(
            runs,
            line => _ = line.Contains('\n') ? throw new InvalidOperationException("a line of several lines") : line
        );
        RunRecord record = new()
        {
            RunId = spec.RunId(),
            Spec = spec,
            DataSetSha256 = sha256,
            Code = code,
            Machine = Machine.Current,
            Steps = 12,
        };
        record.Measures["probes.ridge.testAccuracy"] = 0.5;
        record.Measures["probes.ridge.classesNeverPredicted"] = 0;
        record.Curves["loss"] = new Series([1, 2], [0.5, double.NaN]);
        record.Correct["ridge"] = [1, 2, 3];
        store.Save(record);
        string file = Path.Combine(runs, spec.RunId() + ".json");
        byte[] whole = File.ReadAllBytes(file),
            inner = JsonSerializer.SerializeToUtf8Bytes(record, RunJson.Options);
        yield return new FuzzedReader(
            "run records",
            [new(whole), new(inner, RunStore.Sealed)],
            [.. JsonWords, spec.RunId(), sha256],
            path =>
            {
                File.Copy(path, file, overwrite: true);
                store.ReportOlder();
                if (store.Find(spec, sha256, code) is { } found)
                {
                    RunSummary.Line(found);
                    return;
                }

                // Damage throws no exception here: the run is repeated.
                throw new ResultsException("repeated");
            }
        );

        store.SaveFailure(spec, sha256, code, "rule oja failed");
        string failureFile = Path.ChangeExtension(file, ".failure");
        byte[] failure = File.ReadAllBytes(failureFile);
        yield return new FuzzedReader(
            "failures of runs",
            [new(failure)],
            JsonWords,
            path =>
            {
                File.Delete(file);
                File.Copy(path, failureFile, overwrite: true);
                _ = store.FindFailure(spec, sha256, code) ?? throw new ResultsException("not known");
            }
        );

        Provenance provenance = Provenance.Of(CifarFiles.Small.Load(folder), ["run"], []);
        yield return new FuzzedReader(
            "provenance",
            [new(provenance.ToJson())],
            JsonWords,
            path => Provenance.Load(path)
        );
    }

    private static string Checksum(string path) => ResultFolder.Checksum(File.ReadAllBytes(path));

    private static byte[] Noise(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)((i * 7919) >> 3))];
}
