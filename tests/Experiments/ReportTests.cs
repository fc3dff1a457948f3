using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Reproduction.CommandLine.Report;
using Reproduction.Studies;
using Reproduction.Studies.Results;

namespace Reproduction.Tests.Experiments;

/// <summary>Tests the report on the committed results.</summary>
public sealed partial class ReportTests(DocumentedCommandsTests.Copy copy) : IClassFixture<DocumentedCommandsTests.Copy>
{
    // A test puts this script into the page; the page then shows only what the script finds.
    private const string Overlaps = """
        const found = [];
        for (const drawing of document.querySelectorAll("figure.drawing svg")) {
          const frame = drawing.getBoundingClientRect(), name = drawing.getAttribute("aria-label");
          const texts = [...drawing.querySelectorAll("text")].map(text => ({
            text: text.textContent,
            box: text.getBoundingClientRect(),
            size: parseFloat(text.getAttribute("font-size")),
          }));
          for (const { text, box, size } of texts) {
            const isInside = box.left >= frame.left && box.right <= frame.right;
            if (!isInside || box.top < frame.top || box.bottom > frame.bottom) {
              found.push(`beyond the edge of ${name}: ${text}`);
            }
            if (size < 10) found.push(`too small in ${name}: ${text}`);
          }
          texts.forEach((one, i) => texts.slice(i + 1).forEach(other => {
            const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
            const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
            if (width > 0 && height > one.box.height / 4) {
              found.push(`one over the other in ${name}: ${one.text}, ${other.text}`);
            }
          }));
        }
        say([`${document.querySelectorAll("figure.drawing svg").length} drawings`, ...found]);
        """;

    private const string Sorting = """
        const tables = [...document.querySelectorAll("main table")];
        const numbers = tables.find(candidate => candidate.tHead.textContent.includes("32 ours"));
        numbers.tHead.rows[0].cells[1].querySelector("button").click();
        const dead = tables.find(candidate => candidate.tHead.textContent.includes("dead neurons in %"));
        const sort = dead.tHead.rows[0].lastElementChild.querySelector("button");
        const ends = () => {
          sort.click();
          const cells = [...dead.tBodies[0].rows].map(row => row.lastElementChild.textContent);
          const known = cells.filter(cell => cell !== "–");
          return `${cells[0]} ${known[known.length - 1]} ${cells[cells.length - 1]}`;
        };
        const sorted = [...numbers.tBodies[0].rows].map(row => row.cells[1].textContent).join(" ");
        say([sorted, ends(), ends()]);
        """;

    private const string Choosing = """
        const form = document.querySelector(".filters"), shown = () => {
          const claims = [...document.querySelectorAll(".claim")].filter(claim => !claim.hidden);
          return `${form.querySelector("output").textContent}: ${claims[0]?.dataset.id}`;
        };
        const set = (name, value) => { form.elements[name].value = value; form.dispatchEvent(new Event("input")); };
        const all = shown(); set("verdict", "artefact"); const artefacts = shown(); set("data", "CIFAR-10 (JPEG)");
        const some = shown(); set("text", "no such words"); const none = shown(); set("text", ""); set("verdict", "");
        set("data", ""); set("order", "verdict");
        say([all, artefacts, some, none, shown()]);
        """;

    // Looks at the page in frames of three widths.
    private const string Widths = """
        const found = [], all = document.documentElement.outerHTML;
        const page = all.replace(/<script>function say[^]*/, "</body></html>");
        const look = async width => {
          const frame = document.createElement("iframe");
          Object.assign(frame, { width, height: 1000, srcdoc: page });
          document.body.append(frame);
          await new Promise(ready => frame.addEventListener("load", ready));
          const inner = frame.contentDocument, root = inner.documentElement;
          const first = Math.round(inner.querySelector("main figure svg").getBoundingClientRect().top);
          const badges = [...inner.querySelectorAll(".badge")].map(badge => badge.getBoundingClientRect());
          const isWithin = box => box.left >= 0 && box.right <= width && box.width > 20;
          const isSeen = badges.length === 68 && badges.every(isWithin);
          const links = [...inner.querySelectorAll(".strip a[title]")];
          found.push(`${width}: over ${root.scrollWidth > width}, figure within 1600 ${first < 1600}, `
            + `verdicts ${isSeen}, squares ${links.every(link => inner.getElementById(link.hash.slice(1)))}`);
          frame.remove();
        };
        (async () => { for (const width of [1400, 1000, 400]) await look(width); say(found); })();
        """;

    [Fact]
    public async Task The_page_is_whole_and_needs_nothing_else()
    {
        XDocument page = await Page();
        string text = page.Root!.Value;
        Assert.All(
            ExperimentCatalog
                .All.Where(experiment =>
                    Directory
                        .EnumerateFiles(
                            Path.Combine(RealData.Root, "results", "paper"),
                            $"{experiment.Name}.provenance.json",
                            SearchOption.AllDirectories
                        )
                        .Any()
                )
                .Select(experiment => experiment.Question),
            question => Assert.Contains(page.Descendants("h3"), heading => heading.Value == question)
        );
        Assert.All(
            new[]
            {
                "C1/32/softmax",
                "K7",
                "T7/slope",
                "artefact of F1",
                "./reproduce run competitive-hebbian --profile paper --offline --dataset mnist",
                "0.2.0 (616146d976)",
                "09d9c50106a9",
                "AMD EPYC",
            },
            part => Assert.Contains(part, text, StringComparison.Ordinal)
        );
        string[] anchors = [.. page.Descendants().Select(node => node.Attribute("id")?.Value).OfType<string>()];
        Assert.Equal(anchors.Length, anchors.Distinct().Count());

        // Others link to a claim, or to all parts of it, by these addresses.
        Assert.All(
            new[] { "claim-C1", "claim-C1-32-ridge", "claim-C2", "claim-T7-slope" },
            anchor => Assert.Contains(anchor, anchors)
        );
        Assert.All(
            page.Descendants("a").Select(link => link.Attribute("href")!.Value),
            link =>
            {
                if (link.StartsWith('#'))
                {
                    Assert.Contains(link[1..], anchors);
                }
                else
                {
                    string folder = Path.Combine(copy.Reproduce.Results, "report");
                    Assert.True(Path.Exists(Path.GetFullPath(Uri.UnescapeDataString(link), folder)), link);
                }
            }
        );

        // The page takes no file, font, style or script from anywhere else.
        Assert.DoesNotContain(
            page.Descendants(),
            node => node.Name.LocalName is "link" or "iframe" || node.Attribute("src") is not null
        );
        Assert.All(
            page.Descendants().Where(node => node.Name.LocalName == "image"),
            image =>
                Assert.StartsWith(
                    "data:",
                    image.Attributes().Single(name => name.Name.LocalName == "href").Value,
                    StringComparison.Ordinal
                )
        );
        Assert.DoesNotContain("url(", page.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.All(
            page.Descendants().Where(node => node.Name.LocalName == "svg"),
            drawing => Assert.NotEmpty(drawing.Attribute("aria-label")!.Value)
        );
    }

    [ChromiumFact]
    public async Task In_a_browser_tables_sort_by_number_and_claims_can_be_chosen()
    {
        Assert.Equal(
            ["49.0 52.6 55.4 67.5", "0.0 ± 0.0 96.6 ± 0.2 –", "96.6 ± 0.2 0.0 ± 0.0 –"],
            await InBrowser(Sorting)
        );
        Assert.Equal(
            [
                "68 of 68 claims: C1/32/published",
                "5 of 68 claims: C1/32/published",
                "3 of 68 claims: C3/cifar10",
                "0 of 68 claims: undefined",
                "68 of 68 claims: C1/32/published",
            ],
            await InBrowser(Choosing)
        );
    }

    [ChromiumFact]
    public async Task In_a_browser_the_page_fits_every_width_and_its_first_screen_has_a_figure_and_every_verdict()
    {
        string[] said = await InBrowser(Widths);
        Assert.Equal(
            from width in new[] { 1400, 1000, 400 }
            select $"{width}: over false, figure within 1600 true, verdicts true, squares true",
            said
        );
    }

    [ChromiumFact]
    public async Task In_a_browser_no_text_of_a_figure_lies_over_another_or_beyond_the_edge()
    {
        string[] said = await InBrowser(Overlaps);
        Assert.Equal(["40 drawings"], said);
    }

    [Fact]
    public void The_committed_Markdown_is_what_the_committed_results_give_and_its_links_lead_somewhere()
    {
        string results = Path.Combine(RealData.Root, "results"),
            committed = File.ReadAllText(Path.Combine(results, "REPORT.md"));
        ReportContent content = ReportContent.Of(
            new ResultLayout(results, Path.Combine(RealData.Root, "paper-figures"))
        );
        Assert.Equal(committed, System.Text.Encoding.UTF8.GetString(MarkdownReport.Write(content, results)));
        string[] links = [.. Link().Matches(committed).Select(match => match.Groups["to"].Value)];
        Assert.True(links.Length > 60);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(results, link)), link));
    }

    [ChromiumFact]
    public async Task In_a_browser_what_comes_from_outside_is_text_and_nothing_else()
    {
        const string attack =
            "\"'></text></style></script><img src=x "
            + "onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        using DocumentedCommandsTests.Copy foreign = new();
        string folder = Path.Combine(foreign.Reproduce.Results, "paper", "target-propagation", "mnist"),
            table = Path.Combine(folder, "families.csv"),
            note = Path.Combine(folder, "families.provenance.json");

        // The attack is in names of a plugin's arms, data, machines and folders, and in words of the command. Some also
        // have characters that no document may contain.
        string quoted = $"\"{attack.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        await File.WriteAllTextAsync(
            table,
            (await File.ReadAllTextAsync(table)).Replace(
                "\ntarget propagation,",
                $"\n{quoted},",
                StringComparison.Ordinal
            )
        );
        JsonNode provenance = JsonNode.Parse(await File.ReadAllBytesAsync(note))!;
        provenance["files"]!["families.csv"] = ResultFolder.Checksum(await File.ReadAllBytesAsync(table));
        provenance["commandLine"] = new JsonArray("run", "--results", $"{attack}\u0001\uD800");
        provenance["dataSet"] = $"MNIST{attack}\u0001";
        provenance["machines"]![0]!["processor"] = attack;
        provenance["machines"]![0]!["version"] = $"`{attack}`";
        await File.WriteAllTextAsync(note, provenance.ToJsonString());

        // A damaged table is left out of the report, which names its path.
        string odd = Path.Combine(foreign.Reproduce.Folder, "<img src=x onerror=document.title=1>");
        Directory.Move(foreign.Reproduce.Results, odd);
        await File.WriteAllTextAsync(Path.Combine(odd, "paper", "kickback", "sarcos", "coherence.csv"), "x");
        Executable.Outcome report = await foreign.Reproduce.Run("report", "--results", odd);
        Assert.Equal(0, report.Code);
        Directory.Move(odd, foreign.Reproduce.Results);
        string[] said = await InBrowser(
            foreign.Reproduce,
            """
            const owned = document.title === "owned" || document.title === "1", text = document.body.textContent;
            const count = name => document.querySelectorAll(name).length;
            const isEscaped = text.split("onerror=").length > 8;
            say([`${owned}`, `${count("img")} ${count("script")}`, `${isEscaped}`, `${text.includes("\uFFFD")}`]);
            """
        );
        Assert.Equal(["false", "0 2", "true", "true"], said);
        string markdown = await File.ReadAllTextAsync(Path.Combine(foreign.Reproduce.Results, "REPORT.md"));
        Assert.Contains("onerror=", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", CodeSpan().Replace(markdown, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_results_are_left_out_and_said_so_and_none_are_an_error()
    {
        using DocumentedCommandsTests.Copy damaged = new();
        string file = Path.Combine(damaged.Reproduce.Results, "paper", "kickback", "sarcos", "coherence.csv");
        await File.AppendAllTextAsync(file, "x");
        Executable.Outcome report = await damaged.Reproduce.Run("report");
        Assert.Equal(0, report.Code);
        Assert.Contains("warning: left out of the report: ", report.Error, StringComparison.Ordinal);
        Assert.Contains(
            "coherence.csv: not the file that its provenance names",
            report.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Left out: ",
            await File.ReadAllTextAsync(Path.Combine(damaged.Reproduce.Results, "report", "index.html")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "--figures nowhere: there is no such folder",
            await damaged.Reproduce.Fail(1, "report", "--figures", "nowhere"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no results to report there",
            await damaged.Reproduce.Fail(1, "report", "--results", "nowhere"),
            StringComparison.Ordinal
        );
    }

    private async Task<XDocument> Page()
    {
        Executable.Outcome report = await copy.Reproduce.Run("report");
        Assert.Equal((0, ""), (report.Code, report.Error));
        return XDocument.Load(Path.Combine(copy.Reproduce.Results, "report", "index.html"));
    }

    /// <summary>Returns what a script finds on the page.</summary>
    private async Task<string[]> InBrowser(string script)
    {
        await Page();
        return await InBrowser(copy.Reproduce, script);
    }

    private static async Task<string[]> InBrowser(Executable reproduce, string script)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(reproduce.Results, "report", "index.html")),
            file = Path.Combine(reproduce.Folder, $"{Guid.NewGuid()}.html"),
            profile = Path.Combine(reproduce.Folder, $"browser-{Guid.NewGuid()}");
        await File.WriteAllTextAsync(
            file,
            page.Replace(
                "</body>",
                "<script>function say(lines) { document.documentElement.innerHTML = '<pre></pre>'; "
                    + $"document.querySelector('pre').textContent = lines.join('\\n'); }}\n{script}</script></body>",
                StringComparison.Ordinal
            )
        );
        ProcessStartInfo start = new(ChromiumFactAttribute.Browser!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                $"--user-data-dir={profile}",
                "--window-size=1600,1200",
                "--virtual-time-budget=30000",
                "--dump-dom",
                new Uri(file).AbsoluteUri,
            },
        };
        using Process browser = Process.Start(start)!;
        Task<string> output = browser.StandardOutput.ReadToEndAsync(),
            error = browser.StandardError.ReadToEndAsync();
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        await browser.WaitForExitAsync(patience.Token);
        Assert.DoesNotContain("Uncaught", await error, StringComparison.Ordinal);
        return XDocument.Parse(Pre().Match(await output).Value).Root!.Value.Split('\n');
    }

    [GeneratedRegex(@"\]\((?<to>[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex("<pre>.*?</pre>", RegexOptions.Singleline)]
    private static partial Regex Pre();
}
