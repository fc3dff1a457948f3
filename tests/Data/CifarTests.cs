using System.Formats.Tar;
using Reproduction.Data;

namespace Reproduction.Tests.Data;

public sealed class CifarTests : IDisposable
{
    private const int Record = 3073;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cifar-");

    private string Batches => Path.Combine(folder.FullName, "cifar-10", "cifar-10-batches-bin");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Records_become_samples_with_their_planes_in_place_and_unknown_files_say_so()
    {
        WriteAll();
        using (FileStream file = File.OpenWrite(Path.Combine(Batches, "data_batch_2.bin")))
        {
            // The second record of the second file: label 7, all red 255, green 0, blue 51.
            file.Position = Record;
            file.Write([
                7,
                .. Enumerable.Repeat((byte)255, 1024),
                .. new byte[1024],
                .. Enumerable.Repeat((byte)51, 1024),
            ]);
        }

        DataSet data = CifarDataSet.Cifar10.Load(folder.FullName);
        Assert.Equal("CIFAR-10 (unverified files)", data.Title);
        Assert.Equal(
            (50_000, 10_000, 3072, 10),
            (data.Training.Examples.Count, data.Test.Examples.Count, data.Features, data.Classes)
        );
        Assert.Equal(7, data.Training.Examples.Labels[10_001]);
        float[] sample = data.Training.Examples.Inputs.Column(10_001).ToArray();
        Assert.Equal((1 - 0.4914) / 0.2470, sample[1023], 1e-5);
        Assert.Equal(-0.4822 / 0.2435, sample[1024], 1e-5);
        Assert.Equal((0.2 - 0.4465) / 0.2616, sample[2048], 1e-5);

        // The published protocol's view of the same bytes.
        DataSet scaled = data.Scaled(PixelScaling.Mnist);
        Assert.Equal((0.2 - 0.1307) / 0.3081, scaled.Training.Examples.Inputs[2048, 10_001], 1e-5);
        Assert.Equal(data.Sha256, scaled.Sha256);
        Assert.Same(scaled, data.Scaled(PixelScaling.Mnist));
    }

    [Fact]
    public void A_missing_batch_a_wrong_length_and_a_wrong_label_are_refused_by_name()
    {
        WriteAll();
        string path = Path.Combine(Batches, "data_batch_3.bin");
        using (FileStream file = File.OpenWrite(path))
        {
            file.Position = 5 * Record;
            file.WriteByte(10);
        }

        Assert.Contains($"{path}: record 5 has the label 10", Refusal(), StringComparison.Ordinal);
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength((10_000 * Record) - 1);
        }

        string message = Refusal();
        Assert.Contains($"{path}: 30729999 bytes", message, StringComparison.Ordinal);
        Assert.Contains("30730000", message, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains(
            $"{path}: not there; fetch it with 'reproduce data fetch cifar10'",
            Refusal(),
            StringComparison.Ordinal
        );
        Assert.Equal(["data_batch_3.bin"], CifarDataSet.Cifar10.Missing(folder.FullName));
    }

    [Fact]
    public void Files_from_the_archive_are_known_by_their_noted_checksums_and_lie_nowhere_else()
    {
        CifarDataSet set = CifarFiles.Small;
        string archive = Path.Combine(folder.FullName, "archive.tar.gz"),
            absolute = Path.Combine(folder.FullName, "absolute.txt");
        (string, TarEntryType, byte[])[] strays =
        [
            ("../../escaped.txt", TarEntryType.RegularFile, [1]),
            (absolute, TarEntryType.RegularFile, [1]),
            ("cifar-10-batches-bin/readme.html", TarEntryType.RegularFile, [1]),
            ("cifar-10-batches-bin/data_batch_1.bin", TarEntryType.SymbolicLink, []),
            ("data_batch_2.bin", TarEntryType.HardLink, []),
            ("data_batch_3.bin", TarEntryType.Directory, []),
            ("data_batch_4.bin", TarEntryType.Fifo, []),
        ];
        File.WriteAllBytes(
            archive,
            IdxFiles.Gzip(
                CifarFiles.Archive([
                    .. strays,
                    .. set.Files.Select(name =>
                        ("../cifar-10-batches-bin/" + name, TarEntryType.RegularFile, new byte[set.Records * Record])
                    ),
                ])
            )
        );
        set.Unpack(archive, Batches);
        Assert.Equal(
            [.. set.Files.Append(CifarDataSet.SumsFile).Order(StringComparer.Ordinal)],
            Directory.EnumerateFiles(Batches).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            [Path.Combine(folder.FullName, "cifar-10")],
            Directory.EnumerateFileSystemEntries(folder.FullName)
        );
        Assert.All(
            Directory.EnumerateFiles(Batches),
            file => Assert.Null(File.ResolveLinkTarget(file, returnFinalTarget: false))
        );
        Assert.Equal("CIFAR-10", set.Load(folder.FullName).Title);
        string path = Path.Combine(Batches, "test_batch.bin");
        using (FileStream file = File.OpenWrite(path))
        {
            file.Position = 1;
            file.WriteByte(1);
        }

        string message = Assert.Throws<DataSetException>(() => set.Load(folder.FullName)).Message;
        Assert.Contains(
            $"{path}: not the file that came from the archive (its SHA-256 is ",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Fashion_MNIST_has_its_own_checksums()
    {
        IdxFiles.WriteFakeMnist(folder.FullName, images: 3, labels: 3);
        Directory.Move(Path.Combine(folder.FullName, "mnist"), Path.Combine(folder.FullName, "fashion-mnist"));
        string message = Assert.Throws<DataSetException>(() => IdxDataSet.FashionMnist.Load(folder.FullName)).Message;
        Assert.Contains(
            "not Fashion-MNIST's file (SHA-256 of its content expected c59f468a2f672dc8",
            message,
            StringComparison.Ordinal
        );
    }

    private string Refusal() =>
        Assert.Throws<DataSetException>(() => CifarDataSet.Cifar10.Load(folder.FullName)).Message;

    private void WriteAll()
    {
        Directory.CreateDirectory(Batches);
        foreach (string name in CifarDataSet.Cifar10.Files)
        {
            using FileStream file = File.Create(Path.Combine(Batches, name));
            file.SetLength(10_000 * Record);
        }
    }
}
