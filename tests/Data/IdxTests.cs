using Reproduction.Data;

namespace Reproduction.Tests.Data;

public sealed class IdxTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("idx-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_is_read_whether_compressed_or_not(bool isCompressed)
    {
        IdxArray array = IdxArray.Read(
            IdxFiles.Write(folder.FullName, "images", IdxFiles.Array([2, 1, 3], [1, 2, 3, 4, 5, 255]), isCompressed),
            3
        );
        Assert.Equal([2, 1, 3], array.Dimensions);
        Assert.Equal([1, 2, 3, 4, 5, 255], array.Values);
        Assert.Equal(
            Convert.ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(IdxFiles.Array([2, 1, 3], [1, 2, 3, 4, 5, 255]))
            ),
            array.Sha256
        );
    }

    public static TheoryData<byte[], string> BadContents =>
        new()
        {
            { [], "not an IDX file" },
            { [0, 0, 8], "not an IDX file" },
            { [0, 0, 9, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "not an IDX file" },
            { IdxFiles.Array([4], [1, 2, 3, 4]), "not an IDX file" },
            { IdxFiles.Array([2, 2, 2], [1, 2, 3]), "holds 3 values where its header promises 2×2×2" },
            { IdxFiles.Array([1, 1, 1], [1, 2, 3]), "holds 3 values where its header promises 1×1×1" },
            { IdxFiles.Array([-1, -1, -1], [1]), "holds 1 values" },
        };

    [Theory]
    [MemberData(nameof(BadContents))]
    public void What_is_no_such_array_is_refused_by_name(byte[] content, string reason)
    {
        string path = IdxFiles.Write(folder.FullName, "bad", content, isCompressed: true);
        DataSetException exception = Assert.Throws<DataSetException>(() => IdxArray.Read(path, 3));
        Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_and_a_damaged_gzip_file_are_refused()
    {
        string path = IdxFiles.Write(
            folder.FullName,
            "cut",
            IdxFiles.Array([100, 10, 10], new byte[10_000]),
            isCompressed: true
        );
        byte[] content = File.ReadAllBytes(path);
        File.WriteAllBytes(path, content[..(content.Length / 2)]);
        Assert.Throws<DataSetException>(() => IdxArray.Read(path, 3));
        content[^1] ^= 0xff;
        content[content.Length / 2] ^= 0xff;
        File.WriteAllBytes(path, content);
        Assert.Throws<DataSetException>(() => IdxArray.Read(path, 3));
    }

    [Fact]
    public void Labels_of_another_length_are_refused_before_checksums_are_compared()
    {
        string mnist = IdxFiles.WriteFakeMnist(folder.FullName, images: 3, labels: 2);
        DataSetException exception = Assert.Throws<DataSetException>(() => IdxDataSet.Mnist.Load(folder.FullName));
        Assert.Contains("2 labels for the 3 images", exception.Message, StringComparison.Ordinal);
        Assert.Contains(mnist, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_content_is_refused_with_the_expected_and_the_found_checksum()
    {
        IdxFiles.WriteFakeMnist(folder.FullName, images: 3, labels: 3);
        string message = Assert.Throws<DataSetException>(() => IdxDataSet.Mnist.Load(folder.FullName)).Message;
        Assert.Contains(
            "expected ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db, found ",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_missing_file_names_itself_and_the_remedy()
    {
        string message = Assert.Throws<DataSetException>(() => IdxDataSet.Mnist.Load(folder.FullName)).Message;
        Assert.Contains("train-images-idx3-ubyte", message, StringComparison.Ordinal);
        Assert.Contains("data fetch mnist", message, StringComparison.Ordinal);
    }

    [MnistFact]
    public void Real_MNIST_is_whole_and_normalised()
    {
        DataSet mnist = IdxDataSet.Mnist.Load(RealData.Folder!);
        Assert.Equal(60_000, mnist.Training.Examples.Count);
        Assert.Equal(10_000, mnist.Test.Examples.Count);
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3], mnist.Training.Examples.Labels[..8]);
        double mean = 0,
            square = 0;
        float[] values = mnist.Training.Examples.Inputs.AsColumnMajorArray();
        foreach (float value in values)
        {
            mean += value;
            square += (double)value * value;
        }

        Assert.Equal(0, mean / values.Length, 2e-3);
        Assert.Equal(1, square / values.Length, 2e-3);
    }
}
