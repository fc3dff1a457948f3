using System.Buffers.Binary;
using Reproduction.Data;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace Reproduction.Tests.Data;

public sealed class PictureReaderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pictures-");

    public void Dispose() => folder.Delete(recursive: true);

    public static TheoryData<string, int> Formats =>
        new()
        {
            { "png-grey", 0 },
            { "png-grey-16", 0 },
            { "png-rgb", 0 },
            { "png-rgb-16", 0 },
            { "png-palette", 0 },
            { "png-rgba", 0 },
            { "bmp", 0 },
            { "gif", 0 },
            { "jpeg", 6 },
        };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_gives_the_colours_that_were_drawn(string format, int tolerance)
    {
        // Left half a colour, right half black; grey formats show its luminance.
        Rgba32 left = format.Contains("grey", StringComparison.Ordinal)
            ? new Rgba32(120, 120, 120)
            : new Rgba32(200, 40, 80);
        string path = Save(format, left);
        Picture picture = PictureReader.Read(path, PictureOptions.Default);
        Assert.Equal((8, 16), (picture.Height, picture.Width));
        int[] first = [picture.Pixels[0], picture.Pixels[1], picture.Pixels[2]];
        int[] expected = [left.R, left.G, left.B];
        Assert.All(
            first.Zip(expected),
            pair => Assert.InRange(pair.First, pair.Second - tolerance, pair.Second + tolerance)
        );
        Assert.All(picture.Pixels[^3..], value => Assert.InRange(value, 0, tolerance));
        Assert.Equal(format.Contains("grey", StringComparison.Ordinal), picture.IsGrey);

        // A file that ends before its end is refused, wherever it is cut.
        byte[] whole = File.ReadAllBytes(path);
        int last = format == "bmp" ? whole.Length - 1 : whole.Length - 2;
        foreach (int length in Enumerable.Range(0, last + 1))
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<DataSetException>(() => PictureReader.Read(path, PictureOptions.Default));
        }
    }

    [Fact]
    public void Transparent_pixels_show_the_background_and_half_transparent_ones_half_of_it()
    {
        using Image<Rgba32> image = new(2, 1);
        image[0, 0] = new Rgba32(255, 0, 0, 0);
        image[1, 0] = new Rgba32(255, 0, 0, 128);
        string path = Path.Combine(folder.FullName, "alpha.png");
        image.SaveAsPng(path);
        Assert.Equal([255, 255, 255], PictureReader.Read(path, PictureOptions.Default).Pixels[..3]);
        Picture onBlue = PictureReader.Read(path, PictureOptions.Default with { Background = "#0000FF" });
        Assert.Equal([0, 0, 255], onBlue.Pixels[..3]);
        Assert.InRange(onBlue.Pixels[3], 126, 129);
        Assert.InRange(onBlue.Pixels[5], 126, 129);
    }

    [Fact]
    public void Of_an_animation_the_first_frame_counts()
    {
        using Image<Rgba32> image = new(2, 2, Color.White);
        using Image<Rgba32> second = new(2, 2, Color.Black);
        image.Frames.AddFrame(second.Frames.RootFrame);
        string path = Path.Combine(folder.FullName, "two.gif");
        image.SaveAsGif(path);
        Assert.Equal(12, PictureReader.Read(path, PictureOptions.Default).Pixels.Count(value => value == 255));
    }

    [Fact]
    public void A_picture_of_too_many_pixels_is_refused_by_its_header()
    {
        // The header of a PNG of 30,000 × 30,000 pixels, whose pixels would take 3.6 GB.
        using Image<L8> small = new(1, 1);
        using MemoryStream file = new();
        small.SaveAsPng(file);
        byte[] bomb = file.ToArray();
        (bomb[16], bomb[17], bomb[18], bomb[19]) = (0, 0, 0x75, 0x30);
        (bomb[20], bomb[21], bomb[22], bomb[23]) = (0, 0, 0x75, 0x30);
        BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(29), Crc32(bomb.AsSpan(12, 17)));
        string path = Path.Combine(folder.FullName, "bomb.png");
        File.WriteAllBytes(path, bomb);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.StartsWith(
            "30000×30000 pixels are more than the 4 million",
            Assert.Throws<DataSetException>(() => PictureReader.Read(path, PictureOptions.Default)).Message,
            StringComparison.Ordinal
        );
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    /// <summary>The checksum of a PNG's chunk.</summary>
    private static uint Crc32(ReadOnlySpan<byte> chunk)
    {
        uint sum = uint.MaxValue;
        foreach (byte part in chunk)
        {
            sum ^= part;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 1 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
            }
        }

        return ~sum;
    }

    private string Save(string format, Rgba32 left)
    {
        using Image<Rgba32> image = new(16, 8, new Rgba32(0, 0, 0));
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < 8; x++)
            {
                image[x, y] = left;
            }
        }

        IImageEncoder encoder = format switch
        {
            "png-grey" => new PngEncoder { ColorType = PngColorType.Grayscale },
            "png-grey-16" => new PngEncoder { ColorType = PngColorType.Grayscale, BitDepth = PngBitDepth.Bit16 },
            "png-rgb" => new PngEncoder { ColorType = PngColorType.Rgb },
            "png-rgb-16" => new PngEncoder { ColorType = PngColorType.Rgb, BitDepth = PngBitDepth.Bit16 },
            "png-palette" => new PngEncoder { ColorType = PngColorType.Palette },
            "png-rgba" => new PngEncoder { ColorType = PngColorType.RgbWithAlpha },
            "bmp" => new BmpEncoder(),
            "gif" => new GifEncoder(),
            _ => new JpegEncoder { Quality = 100 },
        };
        string path = Path.Combine(folder.FullName, $"{format}.{format.Split('-')[0]}");
        image.Save(path, encoder);
        return path;
    }
}
