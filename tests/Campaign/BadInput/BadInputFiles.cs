using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Reproduction.Campaign.Disturbances;
using Reproduction.Campaign.Files;
using Reproduction.Data;
using Reproduction.Evaluation.Store;
using Reproduction.Studies;
using Reproduction.Studies.Shards;

namespace Reproduction.Campaign.BadInput;

/// <summary>Makes files that are each wrong in one way.</summary>
internal static class BadInputFiles
{
    private const int CifarFileSize = 10_000 * 3073;
    private const string Images = "train-images-idx3-ubyte.gz";
    private static readonly string[] Sweep = ["run", "coherence", "--dataset", "robot-arm", "--results"];

    /// <summary>Makes a file where the command names a folder.</summary>
    public static void File(Executable reproduce) =>
        System.IO.File.WriteAllText(Path.Combine(reproduce.Folder, "file"), "a file");

    /// <summary>Makes an empty data folder.</summary>
    public static void EmptyDataFolder(Executable reproduce) => Directory.CreateDirectory(reproduce.Data);

    public static void IdxFewerLabels(Executable reproduce) =>
        IdxFiles.WriteFakeMnist(reproduce.Data, images: 5, labels: 4);

    public static void IdxOther(Executable reproduce) => IdxFiles.WriteFakeMnist(reproduce.Data, images: 5, labels: 5);

    public static void IdxOtherAsFashion(Executable reproduce)
    {
        IdxOther(reproduce);
        Directory.Move(Path.Combine(reproduce.Data, "mnist"), Path.Combine(reproduce.Data, "fashion-mnist"));
    }

    public static void IdxTruncated(Executable reproduce) => ReplaceImages(reproduce, content => content[..15]);

    public static void IdxText(Executable reproduce) =>
        ReplaceImages(reproduce, _ => "<html>not found</html>"u8.ToArray());

    public static void IdxLying(Executable reproduce) =>
        ReplaceImages(reproduce, _ => IdxFiles.Gzip(IdxFiles.Array([int.MaxValue, 28, 28], new byte[784])));

    public static void IdxBomb(Executable reproduce) =>
        ReplaceImages(
            reproduce,
            _ =>
            {
                using MemoryStream file = new();
                using (GZipStream gzip = new(file, CompressionLevel.Fastest))
                {
                    byte[] zeros = new byte[1 << 20];
                    for (int i = 0; i < 300; i++)
                    {
                        gzip.Write(zeros);
                    }
                }

                return file.ToArray();
            }
        );

    public static void CifarShort(Executable reproduce) =>
        WriteCifar(reproduce, file => file.SetLength(CifarFileSize - 1));

    public static void CifarLabel(Executable reproduce) =>
        WriteCifar(
            reproduce,
            file =>
            {
                file.Position = 5 * 3073;
                file.WriteByte(10);
            }
        );

    public static void CifarOtherSums(Executable reproduce) =>
        System.IO.File.WriteAllText(
            Path.Combine(WriteCifar(reproduce, _ => { }), CifarDataSet.SumsFile),
            string.Concat(CifarDataSet.Cifar10.Files.Select(name => $"{new string('0', 64)}  {name}\n"))
        );

    public static void CsvColumnMissing(Executable reproduce) =>
        WriteCsv(reproduce, 120, csv => csv.Replace("x3,", "y3,", StringComparison.Ordinal));

    public static void CsvWord(Executable reproduce) =>
        WriteCsv(
            reproduce,
            120,
            csv =>
                string.Join(
                    '\n',
                    csv.Split('\n')
                        .Select(
                            (line, i) => i == 4 ? "abc" + line[line.IndexOf(',', StringComparison.Ordinal)..] : line
                        )
                )
        );

    public static void CsvShortRow(Executable reproduce) =>
        WriteCsv(
            reproduce,
            120,
            csv => string.Join('\n', csv.Split('\n').Select((line, i) => i == 8 ? line[..line.LastIndexOf(',')] : line))
        );

    public static void CsvFewRows(Executable reproduce) => WriteCsv(reproduce, 20, csv => csv);

    public static void CsvEmpty(Executable reproduce) => WriteCsv(reproduce, 0, _ => "");

    public static void MatlabText(Executable reproduce) => WriteMatlab(reproduce, _ => "no MATLAB file"u8.ToArray());

    public static void MatlabTruncated(Executable reproduce) => WriteMatlab(reproduce, content => content[..^1000]);

    public static void MatlabLying(Executable reproduce) =>
        WriteMatlab(
            reproduce,
            content =>
            {
                BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(128 + 8 + 16 + 8), int.MaxValue);
                return content;
            }
        );

    public static void DamagedPlan(Executable reproduce)
    {
        Directory.CreateDirectory(Path.Combine(reproduce.Results, "plans"));
        System.IO.File.WriteAllText(Path.Combine(reproduce.Results, "plans", "quick.json"), "{");
    }

    public static void UnknownPlan(Executable reproduce) =>
        WritePlan(reproduce, "competitive-hebbian/nonsense", RobotArm.Generate(isNoisy: false).Sha256);

    public static void PlanOfOtherData(Executable reproduce) =>
        WritePlan(reproduce, "kickback/coherence", new string('a', 64));

    public static void PlanWithoutRuns(Executable reproduce) =>
        WritePlan(reproduce, "kickback/coherence", RobotArm.Generate(isNoisy: false).Sha256);

    public static void DamagedProvenance(Executable reproduce) =>
        System.IO.File.WriteAllText(Path.Combine(WriteResults(reproduce), "coherence.provenance.json"), "{");

    public static void ChangedTable(Executable reproduce) =>
        System.IO.File.AppendAllText(Path.Combine(WriteResults(reproduce), "coherence.csv"), "1\n");

    public static void MissingTable(Executable reproduce) =>
        System.IO.File.Delete(Path.Combine(WriteResults(reproduce), "coherence.csv"));

    /// <summary>Makes two records of one run that differ in a number; both have a valid checksum.</summary>
    public static void RecordsThatDiffer(Executable reproduce)
    {
        WriteResults(reproduce);
        string other = Path.Combine(reproduce.Folder, "other", "runs"),
            path = RecordWatch.Records(reproduce.Results)[0];
        JsonNode record = JsonNode.Parse(System.IO.File.ReadAllBytes(path))!["record"]!;
        record["steps"] = 1;
        Directory.CreateDirectory(other);
        System.IO.File.WriteAllBytes(
            Path.Combine(other, Path.GetFileName(path)),
            RunStore.Sealed(Encoding.UTF8.GetBytes(record.ToJsonString()))
        );
    }

    public static void PluginAlone(Executable reproduce) =>
        System.IO.File.Copy(SamplePlugin.File, Path.Combine(reproduce.Folder, "SamplePlugin.dll"));

    private static void ReplaceImages(Executable reproduce, Func<byte[], byte[]> change)
    {
        string path = Path.Combine(IdxFiles.WriteFakeMnist(reproduce.Data, images: 5, labels: 5), Images);
        System.IO.File.WriteAllBytes(path, change(System.IO.File.ReadAllBytes(path)));
    }

    private static string WriteCifar(Executable reproduce, Action<FileStream> change)
    {
        string folder = CifarFiles.Write(reproduce.Data, CifarDataSet.Cifar10);
        using FileStream file = System.IO.File.OpenWrite(Path.Combine(folder, CifarDataSet.Cifar10.Files[2]));
        change(file);
        return folder;
    }

    private static void WriteCsv(Executable reproduce, int rows, Func<string, string> change) =>
        System.IO.File.WriteAllText(
            Path.Combine(Sarcos(reproduce), "sarcos_inv.csv"),
            change(SarcosFiles.Csv(SarcosFiles.Rows(rows, 1)))
        );

    private static void WriteMatlab(Executable reproduce, Func<byte[], byte[]> change) =>
        System.IO.File.WriteAllBytes(
            Path.Combine(Sarcos(reproduce), "sarcos_inv.mat"),
            change(SarcosFiles.Matlab(SarcosFiles.Rows(120, 1), compress: false))
        );

    private static string Sarcos(Executable reproduce) =>
        Directory.CreateDirectory(Path.Combine(reproduce.Data, "sarcos")).FullName;

    private static void WritePlan(Executable reproduce, string experiment, string sha256) =>
        new ShardPlan
        {
            Experiments = [experiment],
            Profile = Profile.Quick,
            DataSet = RobotArm.Id,
            DataSetSha256 = sha256,
            TrainingSamples = 6000,
            Seeds = [1],
            Plugged = [],
        }.Save(new ResultLayout(reproduce.Results, reproduce.Figures));

    /// <summary>Makes real results and returns the folder of the tables.</summary>
    private static string WriteResults(Executable reproduce)
    {
        Executable.Outcome outcome = reproduce.Run([.. Sweep, reproduce.Results]).GetAwaiter().GetResult();
        return outcome.Code == 0
            ? Path.Combine(reproduce.Results, "quick", "kickback", "robot-arm")
            : throw new InvalidOperationException(outcome.Error);
    }
}
