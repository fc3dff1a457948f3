using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Tests.Experiments;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;

namespace Reproduction.Tests.Data;

/// <summary>Tests a folder of pictures with plain-text PPM files.</summary>
public sealed class ImageFolderTests : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("images-");

    public void Dispose() => data.Delete(recursive: true);

    [Fact]
    public void Every_sixth_picture_of_a_class_is_for_testing_and_names_of_folders_are_classes()
    {
        foreach ((string name, int count) in new[] { ("cat", 12), ("ant", 13) })
        {
            for (int i = 0; i < count; i++)
            {
                Put(
                    $"{name}/{i:D2}.ppm",
                    3,
                    2,
                    pixel => name == "ant" ? [(byte)(i + pixel), 100, 200] : [10, (byte)(7 * pixel), (byte)i]
                );
            }
        }

        DataSet set = ImageFolder.Load(data.FullName, PictureOptions.Default);
        Assert.Equal(["ant", "cat"], set.Targets);
        Assert.Equal(
            (new ImageShape(3, 2, 3), 2, 21, 4),
            (set.Shape, set.Classes, set.Training.Examples.Count, set.Test.Examples.Count)
        );
        Assert.Equal([0, 0, 1, 1], set.Test.Examples.Labels);
        Assert.Contains(0, set.Training.Examples.Labels[..8]);
        Assert.Contains(1, set.Training.Examples.Labels[..8]);

        // Every channel of the training pictures has mean 0 and deviation 1.
        for (int channel = 0; channel < 3; channel++)
        {
            Matrix<float> plane = set.Training.Examples.Inputs.SubMatrix(channel * 6, 6, 0, 21);
            Assert.Equal(0, plane.Enumerate().Average(), 1e-5);
            Assert.Equal(1, plane.Enumerate().Average(value => value * value), 1e-4);
        }

        // Channels are planes. The first test picture is ant/05: its red goes from 5 to 10, the others do not vary.
        Vector<float> first = set.Test.Examples.Inputs.Column(0);
        Assert.Equal(first[1] - first[0], first[5] - first[4], 1e-5);
        Assert.True(first[1] > first[0]);
        Assert.Equal(first[6], first[11]);
        string checksum = set.Sha256;
        Put("cat/00.ppm", 3, 2, _ => [1, 2, 3]);
        string training = ImageFolder.Load(data.FullName, PictureOptions.Default).Sha256;
        Assert.NotEqual(checksum, training);
        Put("cat/05.ppm", 3, 2, _ => [1, 2, 3]);
        Assert.NotEqual(training, ImageFolder.Load(data.FullName, PictureOptions.Default).Sha256);
    }

    [Fact]
    public void Folders_train_and_test_are_taken_as_they_are_and_grey_pictures_have_one_channel()
    {
        foreach (string part in new[] { "train/a", "train/b", "test/a", "test/b" })
        {
            for (int i = 0; i < 3; i++)
            {
                Put($"{part}/{i}.ppm", 2, 2, pixel => [(byte)(pixel * i), (byte)(pixel * i), (byte)(pixel * i)]);
            }
        }

        DataSet set = ImageFolder.Load(data.FullName, PictureOptions.Default);
        Assert.Equal((1, 6, 6), (set.Shape.Channels, set.Training.Examples.Count, set.Test.Examples.Count));
        Assert.Equal("images (2 classes)", set.Title);
        Directory.Delete(Path.Combine(data.FullName, "images", "test", "b"), recursive: true);
        Says("only one sub-folder; put the pictures of each class into a sub-folder of its own");
        Put("test/c/0.ppm", 2, 2, _ => [0, 0, 0]);
        Says("train and test have different classes (a, b; a, c); give both the same sub-folders");
    }

    [Fact]
    public void What_is_wrong_is_named_with_its_file()
    {
        Says("no sub-folders");
        Put("a/0.ppm", 2, 2, _ => [0, 0, 0]);
        Put("b/0.ppm", 2, 2, _ => [0, 0, 0]);
        Says($"{Path.Combine("images", "a")}: 1 picture(s); a class needs at least 6, so that one is for testing");
        for (int i = 1; i < 6; i++)
        {
            Put($"a/{i}.ppm", 2, 2, _ => [0, 0, 0]);
            Put($"b/{i}.ppm", i == 1 ? 3 : 2, 2, _ => [0, 0, 0]);
        }

        Assert.Contains(
            " pixels; bring all pictures to one size",
            Assert
                .Throws<DataSetException>(Load)
                .Message.Replace(", others have 2×2", "", StringComparison.Ordinal)
                .Replace(", others have 3×2", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        File.WriteAllText(Path.Combine(data.FullName, "images", "b", "1.ppm"), "P9");
        Says($"{Path.Combine("b", "1.ppm")}: no picture of a known format; replace it or take it out");

        // Files that operating systems leave behind are ignored, but a folder within a class is refused.
        Put("b/1.ppm", 2, 2, _ => [0, 0, 0]);
        File.WriteAllText(Path.Combine(data.FullName, "images", "b", ".DS_Store"), "");
        File.WriteAllText(Path.Combine(data.FullName, "images", "b", "Thumbs.db"), "");
        Directory.CreateDirectory(Path.Combine(data.FullName, "images", ".ipynb_checkpoints"));
        DataSet black = ImageFolder.Load(data.FullName, PictureOptions.Default);
        Assert.Equal((10, 2), (black.Training.Examples.Count, black.Test.Examples.Count));

        // A channel without contrast keeps its scale.
        Assert.All(black.Training.Examples.Inputs.Enumerate(), value => Assert.Equal(0f, value));
        Put("a/more/1.ppm", 2, 2, _ => [0, 0, 0]);
        Says($"{Path.Combine("a", "more")}: a folder within a class");
    }

    [Fact]
    public void Other_names_of_the_parts_are_taken_in_any_case_and_what_systems_leave_is_not()
    {
        foreach (string part in new[] { "Training/a", "Training/b", "VAL/a", "VAL/b" })
        {
            Put($"{part}/0.ppm", 2, 2, pixel => [(byte)pixel, 0, 0]);
        }

        Directory.CreateDirectory(Path.Combine(data.FullName, "images", "__MACOSX"));
        DataSet set = ImageFolder.Load(data.FullName, PictureOptions.Default);
        Assert.Equal((2, 2), (set.Training.Examples.Count, set.Test.Examples.Count));
        Directory.Move(Path.Combine(data.FullName, "images", "VAL"), Path.Combine(data.FullName, "images", "held-out"));
        Says("there is no folder beside it that is named test or testing or val; make both");
    }

    [Fact]
    public void Pictures_of_several_sizes_are_resized_only_where_a_size_is_named()
    {
        for (int i = 0; i < 6; i++)
        {
            Put($"a/{i}.ppm", 4, 4, _ => [200, 100, 50]);
            Put($"b/{i}.ppm", 6, 2, _ => [0, 100, 50]);
        }

        Says("bring all pictures to one size, or name one with --image-size");
        PictureOptions small = PictureOptions.Default with { Size = (2, 3) };
        DataSet set = ImageFolder.Load(data.FullName, small);
        Assert.Equal(new ImageShape(3, 2, 3), set.Shape);
        Assert.NotEqual(
            set.Sha256,
            ImageFolder.Load(data.FullName, PictureOptions.Default with { Size = (3, 3) }).Sha256
        );
    }

    [Fact]
    public async Task Three_hundred_pictures_of_all_kinds_are_trained_on_and_a_broken_one_is_named()
    {
        // Two classes: bright in the upper half, or in the lower; of nine formats and six sizes.
        (string Extension, IImageEncoder Encoder)[] kinds =
        [
            ("png", new PngEncoder { ColorType = PngColorType.Grayscale }),
            ("png", new PngEncoder { ColorType = PngColorType.Grayscale, BitDepth = PngBitDepth.Bit16 }),
            ("png", new PngEncoder { ColorType = PngColorType.Rgb }),
            ("png", new PngEncoder { ColorType = PngColorType.Palette }),
            ("png", new PngEncoder { ColorType = PngColorType.RgbWithAlpha }),
            ("jpg", new JpegEncoder()),
            ("gif", new GifEncoder()),
            ("bmp", new BmpEncoder()),
            ("webp", new WebpEncoder()),
        ];
        using Executable reproduce = new();
        Random random = new(1);
        for (int i = 0; i < 300; i++)
        {
            bool isUpper = i % 2 == 0;
            using Image<Rgba32> image = new(12 + (i % 6), 12 + (i % 5));
            for (int y = 0; y < image.Height; y++)
            {
                for (int x = 0; x < image.Width; x++)
                {
                    byte level = (byte)((y < image.Height / 2 == isUpper ? 150 : 50) + random.Next(50));
                    image[x, y] = new Rgba32(level, level, level);
                }
            }

            (string extension, IImageEncoder encoder) = kinds[i % kinds.Length];
            string path = Path.Combine(reproduce.Data, "images", isUpper ? "upper" : "lower", $"{i:D3}.{extension}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            image.Save(path, encoder);
        }

        string[] train =
        [
            "train",
            "--rule",
            "random",
            "--hidden",
            "32",
            "--dataset",
            "images",
            "--data",
            reproduce.Data,
        ];
        Assert.Contains("or name one with --image-size", await reproduce.Fail(1, train), StringComparison.Ordinal);
        string[] sized = [.. train, "--image-size", "12x12", "--results", reproduce.Results];
        Executable.Outcome outcome = await reproduce.Run([.. sized, "--json"]);
        Assert.Equal(0, outcome.Code);
        Assert.Equal(
            1,
            outcome.Json.GetProperty("probes").GetProperty("ridge").GetProperty("testAccuracy").GetDouble(),
            0.05
        );
        string broken = Path.Combine(reproduce.Data, "images", "lower", "005.jpg");
        await File.WriteAllBytesAsync(broken, (await File.ReadAllBytesAsync(broken))[..200]);
        Assert.Contains($"{broken}: ", await reproduce.Fail(1, sized), StringComparison.Ordinal);
    }

    private void Says(string expected) =>
        Assert.Contains(expected, Assert.Throws<DataSetException>(Load).Message, StringComparison.Ordinal);

    private void Load() => ImageFolder.Load(data.FullName, PictureOptions.Default);

    private void Put(string name, int width, int height, Func<int, byte[]> pixel)
    {
        string path = Path.Combine(data.FullName, "images", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(
            path,
            $"P3 {width} {height} 255 {string.Join(' ', Enumerable.Range(0, width * height).SelectMany(pixel))}"
        );
    }
}
