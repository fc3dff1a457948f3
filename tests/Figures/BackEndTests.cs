using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Reproduction.CommandLine.Drawing;
using Reproduction.Data;
using Reproduction.Figures;

namespace Reproduction.Tests.Figures;

public class BackEndTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly Figure Everything = new(
        "Title",
        "MNIST",
        "A note that is long enough to need a second line, for it says again and again what was said before.",
        2,
        [
            new LinePanel(
                "(a) lines",
                "step",
                "loss",
                [
                    new Curve("one", 1, [0, 1, 2, 4], [3, 1, 2, 4], [2.5, 0.5, 1.5, 3], [3.5, 1.5, 2.5, 5]),
                    new Curve("two", 2, [0, 2], [1, 3]),
                ]
            ),
            new LinePanel(
                "(b) ratios",
                "step",
                "loss",
                [new Curve("three", 3, [0, 1, 2], [0.01, 1, 20])],
                [(0, "zero"), (2, "two")],
                IsLogarithmic: true
            ),
            new ScatterPanel("(c) points", "x", "y", [new PointSeries("a", 4, [1, 2, 3], [4, 6, 5])]),
            new IntervalPanel(
                "(d) intervals",
                "points",
                [
                    new IntervalRow("a rule", 3, 0.5, 0.2, 0.9, "beats"),
                    new IntervalRow("another", 2, -90, -91, -89, "loses"),
                    new IntervalRow("third", 5, -1, -2, -0.5, "ties"),
                ],
                Limit: 3
            ),
            new ImagePanel(
                "(e) tiles",
                2,
                [new ImageTile(2, 3, [0, 1, 2, 3, 4, 5]), new ImageTile(1, 2, [0, 1, 0.2f, 1, 1, 0], Channels: 3)]
            ),
        ]
    );

    [Fact]
    public void Vector_graphics_are_written_whatever_else_there_is() =>
        Assert.IsType<SvgFigureWriter>(BackEnds.FigureWriters[0]);

    /// <summary>The picture has the SVG's colour at every corner of a curve, every point and every tile.</summary>
    [BackEndFact("ScottPlot")]
    public void ScottPlots_picture_has_everything_where_the_SVG_has_it()
    {
        XElement drawing = XDocument.Load(new MemoryStream(new SvgFigureWriter().Draw(Everything))).Root!;
        (int width, int height, byte[] pixels) = Decode(
            BackEnds.FigureWriters.Single(writer => writer.Extension == ".png").Draw(Everything)
        );
        Assert.Equal(
            (
                Math.Ceiling(2 * (double)drawing.Attribute("width")!),
                Math.Ceiling(2 * (double)drawing.Attribute("height")!)
            ),
            (width, height)
        );
        string At(double x, double y)
        {
            int start = 4 * (((int)Math.Round(2 * y) * width) + (int)Math.Round(2 * x));
            return $"#{Convert.ToHexString(pixels.AsSpan(start, 3))}";
        }

        int checkedPoints = 0;
        foreach (XElement panel in drawing.Elements(Svg + "g"))
        {
            double[] origin = Numbers(panel.Attribute("transform")!.Value["translate(".Length..^1]);
            foreach (XElement line in panel.Elements(Svg + "polyline"))
            {
                // Only the inner corners are checked: at the ends, half of the line lies beyond the plot.
                foreach (
                    double[] point in line.Attribute("points")!.Value.Split(' ').Select(Numbers).Skip(1).SkipLast(1)
                )
                {
                    Assert.Equal(line.Attribute("stroke")!.Value, At(origin[0] + point[0], origin[1] + point[1]));
                    checkedPoints++;
                }
            }

            foreach (
                XElement circle in panel
                    .Elements(Svg + "circle")
                    .Where(circle => circle.Attribute("fill-opacity") is null)
            )
            {
                Assert.Equal(
                    circle.Attribute("fill")!.Value,
                    At(origin[0] + (double)circle.Attribute("cx")!, origin[1] + (double)circle.Attribute("cy")!)
                );
                checkedPoints++;
            }

            foreach (XElement tile in panel.Elements(Svg + "image").Skip(1))
            {
                double x = origin[0] + (double)tile.Attribute("x")!,
                    y = origin[1] + (double)tile.Attribute("y")!,
                    size = (double)tile.Attribute("width")!;
                Assert.Equal(
                    ("#00FF33", "#FFFF00"),
                    (At(x + (size * 0.25), y + (size / 2)), At(x + (size * 0.75), y + (size / 2)))
                );
                checkedPoints++;
            }
        }

        Assert.Equal(2 + 1 + 2 + 1, checkedPoints);
    }

    [BackEndFact("ScottPlot")]
    public void ScottPlot_draws_empty_and_constant_curves_and_the_same_figure_to_the_same_bytes()
    {
        IFigureWriter writer = BackEnds.FigureWriters.Single(writer => writer.Extension == ".png");
        writer.Draw(
            new Figure(
                "t",
                "d",
                "n",
                1,
                [
                    new LinePanel("p", "x", "y", [new Curve("none", 0, [], []), new Curve("flat", 1, [1, 2], [3, 3])]),
                    new ImagePanel("q", 5, []),
                ]
            )
        );
        Assert.Equal(writer.Draw(Everything), writer.Draw(Everything));
    }

    [BackEndFact("ImageSharp")]
    public void ImageSharp_reads_pictures_and_says_what_is_none()
    {
        XElement image = XDocument
            .Load(new MemoryStream(new SvgFigureWriter().Draw(Everything)))
            .Descendants(Svg + "image")
            .Last();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pictures-");
        try
        {
            string file = Path.Combine(folder.FullName, "tile.any");
            File.WriteAllBytes(
                file,
                Convert.FromBase64String(image.Attribute("href")!.Value["data:image/png;base64,".Length..])
            );
            Picture picture = BackEnds.ImageReader!.Read(file);
            Assert.Equal((1, 2), (picture.Height, picture.Width));
            Assert.Equal([0, 255, 51, 255, 255, 0], picture.Pixels);
            File.WriteAllText(file, "no picture");
            Assert.Equal(
                "no picture of a known format",
                Assert.Throws<DataSetException>(() => BackEnds.ImageReader.Read(file)).Message
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double[] Numbers(string text) =>
        [.. text.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    /// <summary>Decodes an 8-bit PNG with four channels.</summary>
    private static (int Width, int Height, byte[] Pixels) Decode(byte[] png)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)),
            stride = 4 * width;
        Assert.Equal([8, 6], png[24..26]);
        using MemoryStream compressed = new();
        for (int at = 8; at < png.Length; at += 12 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)))
        {
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                compressed.Write(png, at + 8, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)));
            }
        }

        compressed.Position = 0;
        using ZLibStream rows = new(compressed, CompressionMode.Decompress);
        byte[] pixels = new byte[stride * height];
        for (int row = 0; row < height; row++)
        {
            int filter = rows.ReadByte();
            Span<byte> line = pixels.AsSpan(row * stride, stride);
            rows.ReadExactly(line);
            for (int i = 0; i < stride; i++)
            {
                int left = i >= 4 ? line[i - 4] : 0,
                    up = row > 0 ? pixels[((row - 1) * stride) + i] : 0,
                    corner = row > 0 && i >= 4 ? pixels[((row - 1) * stride) + i - 4] : 0,
                    guess = left + up - corner;
                int paeth =
                    Math.Abs(guess - left) <= Math.Abs(guess - up) && Math.Abs(guess - left) <= Math.Abs(guess - corner)
                        ? left
                    : Math.Abs(guess - up) <= Math.Abs(guess - corner) ? up
                    : corner;
                line[i] += (byte)(
                    filter switch
                    {
                        1 => left,
                        2 => up,
                        3 => (left + up) / 2,
                        4 => paeth,
                        _ => 0,
                    }
                );
            }
        }

        return (width, height, pixels);
    }
}
