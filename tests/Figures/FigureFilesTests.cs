using System.Text;
using System.Xml.Linq;
using Reproduction.Figures;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Reproduction.Tests.Figures;

public sealed class FigureFilesTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly SeriesStyle Competitive = SeriesStyles.OfRule("competitive");

    private static readonly Figure Everything = new(
        "What was found",
        "MNIST",
        "Mean over 10 seeds, η = 0.1.",
        3,
        [
            Lines("learning", [0, 1, 2], [10, 30, 20]),
            new LinePanel(
                "loss",
                "step",
                "training loss",
                [new Curve("hebb", SeriesStyles.OfRule("hebb"), [0, 1], [1e-6, 100])],
                IsLogarithmic: true
            ),
            new LinePanel(
                "by activation",
                "activation",
                "points",
                [new Curve("oja", SeriesStyles.OfRule("oja"), [0, 1], [-1, 1], [-2, 0], [0, 2])],
                [(0, "relu"), (1, "tanh")],
                IsCategorical: true
            ),
            new ScatterPanel(
                "scatter",
                "live",
                "accuracy",
                [new PointSeries("pca", SeriesStyles.OfRule("pca"), [1], [2])]
            ),
            new DumbbellPanel(
                "pairs",
                "percent",
                [new DumbbellRow("row <a>", Competitive, 80, 90, "+10.0", "#009E73")]
            ),
            new ImagePanel("weights", 2, [.. Enumerable.Range(0, 3).Select(i => new ImageTile(2, 2, [0, 1, 2, i]))]),
        ]
    );

    [Fact]
    public void Every_text_is_in_the_SVG_to_be_found_and_its_letters_are_outlines()
    {
        XElement root = Read(Everything);
        string[] texts = [.. root.Descendants(Svg + "text").Select(text => text.Value)];
        foreach (
            string expected in new[]
            {
                "What was found",
                "Data: MNIST. Mean over 10 seeds, η = 0.1.",
                "competitive",
                "learning",
                "training loss",
                "relu",
                "row <a>",
                "+10.0",
                "weights",
                "10⁻⁴",
                "100",
                "−1",
            }
        )
        {
            Assert.Contains(expected, texts);
        }

        Assert.All(root.Descendants(Svg + "text"), text => Assert.Equal("none", (string?)text.Attribute("fill")));
        HashSet<string> defined =
        [
            .. root.Descendants(Svg + "path").Select(path => (string?)path.Attribute("id")).OfType<string>(),
        ];
        Assert.All(Uses(root).Where(use => use[0] is 'r' or 'b'), use => Assert.Contains(use, defined));
    }

    [Fact]
    public void Nothing_is_drawn_twice_and_the_same_figure_has_the_same_bytes()
    {
        XElement root = Read(Everything);
        Assert.Single(root.Descendants(Svg + "image"));
        Assert.Single(root.Descendants(Svg + "text"), text => text.Value == "learning");
        Assert.Equal(FigureFiles.Svg(Everything), FigureFiles.Svg(Everything));
        Assert.Equal(FigureFiles.Pdf(Everything), FigureFiles.Pdf(Everything));
    }

    [Fact]
    public void A_curve_has_the_colour_of_its_rule_and_goes_through_its_points()
    {
        XElement root = Read(Everything with { Panels = [Lines("learning", [0, 1, 2], [10, 30, 20])] });
        (float X, float Y)[] points =
        [
            .. root.Descendants(Svg + "path")
                .Where(path =>
                    (string?)path.Attribute("stroke") == Competitive.Colour && path.Ancestors(Svg + "g").Any()
                )
                .Select(path => Points((string)path.Attribute("d")!))
                .First(found => found.Length == 3),
        ];

        // x is at equal steps; the middle lies highest, the last half-way between it and the first.
        Assert.Equal(points[1].X - points[0].X, points[2].X - points[1].X, 0.01);
        Assert.Equal((points[0].Y + points[1].Y) / 2, points[2].Y, 0.01);
        Assert.True(points[1].Y < points[0].Y);
    }

    [Fact]
    public void Panels_of_the_same_quantity_have_the_same_range_unless_the_figure_says_otherwise()
    {
        Figure figure = new("two", "digits", "", 2, [Lines("low", [0, 1], [1, 2]), Lines("high", [0, 1], [1, 20])]);
        Assert.Equal(2, Texts(figure).Count(text => text == "20"));
        Assert.Equal(1, Texts(figure with { HasEqualRanges = false }).Count(text => text == "20"));
    }

    [Fact]
    public void Panels_without_data_are_left_out_and_a_figure_of_none_has_its_texts()
    {
        LinePanel empty = new("empty", "step", "loss", [new Curve("none", Competitive, [], [])], IsLogarithmic: true);
        Figure figure = new("some", "digits", "note", 2, [empty, Lines("full", [0, 1], [1, 2])]);
        Assert.DoesNotContain("empty", Texts(figure));
        Assert.Contains("full", Texts(figure));
        Assert.Equal(["some", "Data: digits. note"], Texts(figure with { Panels = [empty] }));
    }

    [Fact]
    public void A_short_logarithmic_axis_has_ticks()
    {
        LinePanel panel = new("p", "x", "y", [new Curve("a", Competitive, [0, 1], [0.92, 0.98])], IsLogarithmic: true);
        string[] ticks = [.. Texts(new Figure("t", "d", "", 1, [panel])).Where(text => text.StartsWith("0.9"))];
        Assert.True(ticks.Length > 1);
        Assert.Equal(ticks.Distinct(), ticks);
    }

    [Fact]
    public void A_series_stands_once_in_the_legend_whatever_panels_it_is_in()
    {
        Figure figure = new("two", "digits", "", 2, [Lines("a", [0, 1], [1, 2]), Lines("b", [0, 1], [1, 20])]);
        Assert.Single(Texts(figure), text => text == "competitive");
    }

    [Fact]
    public void Text_from_outside_cannot_break_the_document_and_letters_that_Inter_lacks_are_question_marks()
    {
        Figure figure = new("a\u0001b <script> & 漢字", "set\uD800", "note", 1, [Lines("p\u0000", [0, 1], [1, 2])]);
        XElement root = Read(figure);
        Assert.Contains("a?b <script> & ??", root.Descendants(Svg + "text").Select(text => text.Value));
        Assert.Equal("a\uFFFDb <script> & 漢字", root.Element(Svg + "title")!.Value);
        Assert.Empty(root.Descendants(Svg + "script"));
    }

    [Fact]
    public void The_PNG_has_twice_the_size_of_the_SVG_and_its_colours()
    {
        XElement root = Read(Everything);
        using Image<Rgb24> png = Image.Load<Rgb24>(FigureFiles.Png(Everything));
        Assert.Equal(2 * (double)root.Attribute("width")!, png.Width, 1.0);
        Assert.Equal(2 * (double)root.Attribute("height")!, png.Height, 1.0);
        HashSet<Rgb24> colours = [];
        png.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                foreach (Rgb24 pixel in rows.GetRowSpan(y))
                {
                    colours.Add(pixel);
                }
            }
        });
        Assert.Contains(Color.ParseHex(Competitive.Colour).ToPixel<Rgb24>(), colours);
        Assert.Contains(Color.ParseHex(SeriesStyles.OfRule("oja").Colour).ToPixel<Rgb24>(), colours);
    }

    [Fact]
    public void Pictures_of_weights_are_one_sheet_whose_pixels_are_squares()
    {
        ImagePanel panel = new("two", 2, [new ImageTile(1, 2, [0, 1]), new ImageTile(1, 2, [1, 0])]);
        Figure figure = new("weights", "digits", "", 2, [panel, panel]);
        using Image<L8> sheet = Image.Load<L8>(ContactSheet.Of(figure)!);

        // Black, white, the gap, white, black; each three pixels wide, and twelve between panels.
        Assert.Equal((42, 3), (sheet.Width, sheet.Height));
        byte[] row = [.. Enumerable.Range(0, sheet.Width).Select(x => sheet[x, 1].PackedValue)];
        byte[] expected = [.. new byte[] { 0, 255, 255, 255, 0 }.SelectMany(level => Enumerable.Repeat(level, 3))];
        Assert.Equal([.. expected, .. Enumerable.Repeat((byte)255, 12), .. expected], row);
        Assert.Null(ContactSheet.Of(figure with { Panels = [Lines("a", [0, 1], [1, 2])] }));
    }

    [Fact]
    public void An_animation_has_a_frame_for_each_figure_and_rests_on_the_last()
    {
        Figure Frame(float last) =>
            new("weights", "digits", "", 1, [new ImagePanel("two", 2, [new ImageTile(1, 2, [0, last])])]);
        using Image<Rgb24> film = Image.Load<Rgb24>(AnimatedGif.Of([Frame(1), Frame(-1), Frame(1)]));
        Assert.Equal(3, film.Frames.Count);
        Assert.Equal(
            [80, 80, 300],
            Enumerable.Range(0, 3).Select(i => film.Frames[i].Metadata.GetGifMetadata().FrameDelay)
        );
        byte[] At(int frame) =>
            [.. Enumerable.Range(0, film.Width).Select(x => film.Frames[frame][x, film.Height / 2].G)];
        Assert.Equal(At(0), At(2));
        Assert.NotEqual(At(0), At(1));
    }

    [Fact]
    public void The_PDF_is_one_page_of_the_figures_size_without_a_date()
    {
        string pdf = Encoding.Latin1.GetString(FigureFiles.Pdf(Everything));
        Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
        Assert.Single(pdf.Split("/Type /Page\n").Skip(1));
        Assert.DoesNotContain("CreationDate", pdf, StringComparison.Ordinal);
        Assert.Contains("What was found", pdf, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_can_be_told_apart_without_colour_or_by_it_and_a_plugins_rule_keeps_its_style()
    {
        string[] rules =
        [
            "random",
            "pca",
            "competitive",
            "softhebb",
            "hebbnet",
            "backprop",
            "kickback",
            "target-propagation",
            "difference-target-propagation",
            "hebb",
            "oja",
            "krotov-hopfield",
            "influence-hebb",
        ];
        SeriesStyle[] styles = [.. rules.Select(SeriesStyles.OfRule)];
        Assert.Equal(rules.Length, styles.Select(style => style.Colour).Distinct().Count());
        Assert.Equal(rules.Length, styles.Select(style => (style.Marker, style.Line)).Distinct().Count());
        Assert.DoesNotContain(styles, style => style.Line == SeriesLine.Dotted);
        Assert.Equal(SeriesStyles.OfRule("my-rule"), SeriesStyles.OfRule("my-rule"));
        Assert.Equal(SeriesLine.Dotted, SeriesStyles.OfRule("my-rule").Line);
        Assert.All(
            Enumerable.Range(0, 20),
            i => Assert.NotEqual(SeriesStyles.At(i).Marker, SeriesStyles.At(i + 1).Marker)
        );
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.5, "−0.5")]
    [InlineData(1234.5, "1234.5")]
    [InlineData(2e6, "2·10⁶")]
    [InlineData(1e-5, "10⁻⁵")]
    [InlineData(-3e-7, "−3·10⁻⁷")]
    public void Numbers_have_signs_as_in_print(double value, string expected) =>
        Assert.Equal(expected, AxisText.Number(value));

    private static LinePanel Lines(string title, double[] x, double[] y) =>
        new(
            title,
            "step",
            "accuracy in %",
            [
                new Curve(
                    "competitive",
                    Competitive,
                    x,
                    y,
                    [.. y.Select(value => value - 1)],
                    [.. y.Select(value => value + 1)]
                ),
            ]
        );

    private static string[] Texts(Figure figure) =>
        [.. Read(figure).Descendants(Svg + "text").Select(text => text.Value)];

    private static XElement Read(Figure figure) => XDocument.Load(new MemoryStream(FigureFiles.Svg(figure))).Root!;

    private static IEnumerable<string> Uses(XElement root) =>
        root.Descendants(Svg + "use")
            .Attributes()
            .Where(name => name.Name.LocalName == "href")
            .Select(name => name.Value[1..]);

    private static (float X, float Y)[] Points(string path) =>
        [
            .. path.Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries)
                .Select(point => point.Split(' '))
                .Select(point => (float.Parse(point[0]), float.Parse(point[1]))),
        ];
}
