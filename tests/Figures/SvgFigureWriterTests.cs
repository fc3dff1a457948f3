using System.IO.Compression;
using System.Xml.Linq;
using Reproduction.Figures;

namespace Reproduction.Tests.Figures;

public class SvgFigureWriterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_figure_is_well_formed_SVG_that_shows_every_text()
    {
        XDocument drawing = Draw(
            new Figure(
                "Title <&>",
                "MNIST",
                "A note that is long enough to need a second line, for it says again and again what was said before.",
                2,
                [
                    new LinePanel(
                        "(a) lines",
                        "step",
                        "loss",
                        [
                            new Curve("one", 0, [0, 1, 2], [3, 1, 2], [2.5, 0.5, 1.5], [3.5, 1.5, 2.5]),
                            new Curve("two", 1, [0, 2], [1, 1]),
                        ]
                    ),
                    new IntervalPanel(
                        "(b) intervals",
                        "points",
                        [new IntervalRow("r", 2, 0.5, 0.2, 0.9, "beats"), new IntervalRow("s", 3, -1, -2, 1, "ties")]
                    ),
                    new ImagePanel(
                        "(c) tiles",
                        2,
                        [new ImageTile(2, 3, [0, 1, 2, 3, 4, 5]), new ImageTile(2, 2, [1, 1, 1, 1])]
                    ),
                ]
            )
        );
        string[] texts = [.. drawing.Descendants(Svg + "text").Select(text => text.Value)];
        Assert.All(
            new[]
            {
                "Title <&>",
                "(a) lines",
                "(b) intervals",
                "(c) tiles",
                "step",
                "loss",
                "one",
                "two",
                "points",
                "r",
                "s",
                "beats",
                "ties",
            },
            text => Assert.Contains(text, texts)
        );
        Assert.Contains(texts, text => text.StartsWith("Data: MNIST.", StringComparison.Ordinal));
        Assert.Equal(2, drawing.Descendants(Svg + "polyline").Count());
        Assert.Single(drawing.Descendants(Svg + "polygon"));
        Assert.Equal(2, drawing.Descendants(Svg + "image").Count());
    }

    [Fact]
    public void Points_stand_where_the_axes_say()
    {
        XDocument drawing = Draw(
            new Figure("t", "d", "n", 1, [new LinePanel("p", "x", "y", [new Curve("c", 0, [0, 5, 10], [0, 1, 0.5])])])
        );
        double[][] points =
        [
            .. drawing
                .Descendants(Svg + "polyline")
                .Single()
                .Attribute("points")!
                .Value.Split(' ')
                .Select(point => point.Split(',').Select(double.Parse).ToArray()),
        ];
        Assert.Equal((points[0][0] + points[2][0]) / 2, points[1][0], 0.02);
        Assert.Equal((points[0][1] + points[1][1]) / 2, points[2][1], 0.02);
        Assert.True(points[1][1] < points[0][1]);
    }

    [Fact]
    public void Intervals_stand_about_their_values_and_the_panel_grows_with_rows_and_labels()
    {
        XDocument Of(int rows, string label) =>
            Draw(
                new Figure(
                    "t",
                    "d",
                    "n",
                    1,
                    [
                        new IntervalPanel(
                            "p",
                            "x",
                            [
                                .. Enumerable
                                    .Range(0, rows)
                                    .Select(i => new IntervalRow(label, i, i, i - 1, i + 1, "beats")),
                            ]
                        ),
                    ]
                )
            );
        XDocument drawing = Of(3, "rule");
        double[] centres = [.. drawing.Descendants(Svg + "circle").Select(circle => (double)circle.Attribute("cx")!)];
        (double X, double Width)[] bars =
        [
            .. drawing
                .Descendants(Svg + "rect")
                .Skip(1)
                .Select(bar => ((double)bar.Attribute("x")!, (double)bar.Attribute("width")!)),
        ];
        Assert.All(centres.Zip(bars), pair => Assert.Equal(pair.First, pair.Second.X + (pair.Second.Width / 2), 0.02));
        Assert.Equal(centres[2] - centres[1], centres[1] - centres[0], 0.02);
        double Attribute(XDocument of, string name) => (double)of.Root!.Attribute(name)!;
        XDocument cut = Draw(
            new Figure(
                "t",
                "d",
                "n",
                1,
                [
                    new IntervalPanel(
                        "p",
                        "x",
                        [new IntervalRow("a", 0, 1, 0, 2, ""), new IntervalRow("b", 0, -70, -71, -69, "")],
                        Limit: 5
                    ),
                ]
            )
        );
        Assert.Single(cut.Descendants(Svg + "circle"));
        Assert.Single(cut.Descendants(Svg + "polygon"));
        Assert.DoesNotContain("-60", cut.Descendants(Svg + "text").Select(text => text.Value));
        Assert.Equal(17 * 20, Attribute(Of(23, "rule"), "height") - Attribute(drawing, "height"), 0.01);
        Assert.True(Attribute(Of(3, "a rule with a long name"), "width") > Attribute(drawing, "width") + 50);
    }

    [Theory]
    [InlineData(0.02, 30.0, new[] { "0.1", "1", "10" })]
    [InlineData(0.03, 0.9, new[] { "0.05", "0.1", "0.2", "0.5" })]
    [InlineData(0.05, 0.06, new[] { "0.04", "0.05", "0.06", "0.07" })]
    [InlineData(1e-7, 1e6, new[] { "1e-6", "1e-4", "0.01", "1", "100", "1e4", "1e6" })]
    public void On_a_logarithmic_axis_ratios_are_equal_and_ticks_are_round(double low, double high, string[] ticks)
    {
        XDocument drawing = Draw(
            new Figure(
                "t",
                "d",
                "n",
                1,
                [
                    new LinePanel(
                        "p",
                        "x",
                        "y",
                        [new Curve("c", 0, [0, 5, 10], [low, Math.Sqrt(low * high), high])],
                        XTicks: [],
                        IsLogarithmic: true
                    ),
                ]
            )
        );
        double[] heights =
        [
            .. drawing
                .Descendants(Svg + "polyline")
                .Single()
                .Attribute("points")!
                .Value.Split(' ')
                .Select(point => double.Parse(point.Split(',')[1])),
        ];
        Assert.Equal((heights[0] + heights[2]) / 2, heights[1], 0.02);
        Assert.True(heights[0] > heights[2]);
        string[] texts =
        [
            .. drawing.Descendants(Svg + "text").Select(text => text.Value).Where(text => double.TryParse(text, out _)),
        ];
        Assert.Equal(ticks, texts);
    }

    [Fact]
    public void Tiles_are_PNG_images_from_black_to_white()
    {
        XDocument drawing = Draw(
            new Figure("t", "d", "n", 1, [new ImagePanel("p", 1, [new ImageTile(2, 3, [-1, 0, 1, 1, 0, -1])])])
        );
        string href = drawing.Descendants(Svg + "image").Single().Attribute("href")!.Value;
        byte[] png = Convert.FromBase64String(href["data:image/png;base64,".Length..]);
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], png[..8]);
        Assert.Equal([0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0], png[16..29]);

        // The checksum of an empty IEND chunk is the same in every PNG file.
        Assert.Equal([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82], png[^12..]);
        using ZLibStream data = new(new MemoryStream(png[41..^16]), CompressionMode.Decompress);
        byte[] rows = new byte[8];
        data.ReadExactly(rows);
        Assert.Equal([0, 0, 128, 255, 0, 255, 128, 0], rows);
    }

    [Fact]
    public void Colour_tiles_keep_the_channels_of_a_pixel_together()
    {
        XDocument drawing = Draw(
            new Figure(
                "t",
                "d",
                "n",
                1,
                [new ImagePanel("p", 1, [new ImageTile(1, 2, [0, 1, 0.2f, 1, 1, 0], Channels: 3)])]
            )
        );
        byte[] png = Convert.FromBase64String(
            drawing.Descendants(Svg + "image").Single().Attribute("href")!.Value["data:image/png;base64,".Length..]
        );
        Assert.Equal([0, 0, 0, 2, 0, 0, 0, 1, 8, 2, 0, 0, 0], png[16..29]);
        using ZLibStream data = new(new MemoryStream(png[41..^16]), CompressionMode.Decompress);
        byte[] row = new byte[7];
        data.ReadExactly(row);
        Assert.Equal([0, 0, 255, 51, 255, 255, 0], row);
    }

    [Fact]
    public void Scatter_points_and_named_ticks_are_drawn_and_0_is_a_darker_line()
    {
        XDocument drawing = Draw(
            new Figure(
                "t",
                "d",
                "n",
                2,
                [
                    new ScatterPanel(
                        "s",
                        "x",
                        "y",
                        [new PointSeries("a", 0, [1, 2, 3], [4, 5, 6]), new PointSeries("b", 1, [2], [5])]
                    ),
                    new LinePanel(
                        "l",
                        "x",
                        "y",
                        [new Curve("c", 0, [5, 7, 9, 11], [-1, 0, 1, 2])],
                        [(5, "32"), (7, "128"), (9, "512"), (11, "2048")]
                    ),
                ]
            )
        );
        Assert.Equal(4, drawing.Descendants(Svg + "circle").Count());
        string[] texts = [.. drawing.Descendants(Svg + "text").Select(text => text.Value)];
        Assert.All(new[] { "32", "128", "512", "2048" }, text => Assert.Contains(text, texts));
        Assert.Equal(5, drawing.Descendants(Svg + "line").Count(line => line.Attribute("stroke")!.Value == "#222222"));
    }

    [Fact]
    public void A_named_tick_beyond_the_data_is_left_out()
    {
        XDocument drawing = Draw(
            new Figure(
                "t",
                "d",
                "n",
                1,
                [new LinePanel("l", "x", "y", [new Curve("c", 0, [5, 7], [0, 1])], [(5, "32"), (7, "128"), (9, "512")])]
            )
        );
        string[] texts = [.. drawing.Descendants(Svg + "text").Select(text => text.Value)];
        Assert.Contains("128", texts);
        Assert.DoesNotContain("512", texts);
    }

    [Fact]
    public void Empty_and_constant_curves_are_drawn()
    {
        XDocument drawing = Draw(
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
        Assert.DoesNotContain("NaN", drawing.ToString(), StringComparison.Ordinal);
    }

    private static XDocument Draw(Figure figure) =>
        XDocument.Load(new MemoryStream(new SvgFigureWriter().Draw(figure)));
}
