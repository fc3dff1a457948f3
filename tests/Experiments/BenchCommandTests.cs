using System.Text.Json;

namespace Reproduction.Tests.Experiments;

/// <summary>Tests what <c>bench</c> prints, not how fast the machine is.</summary>
public sealed class BenchCommandTests : IDisposable
{
    private readonly Executable reproduce = new();

    public void Dispose() => reproduce.Dispose();

    [Fact]
    public async Task Products_and_rules_are_timed_and_nothing_is_stored()
    {
        Executable.Outcome bench = await reproduce.Run(
            "bench",
            "--rules",
            "competitive,kickback",
            "--widths",
            "8,16",
            "--probe",
            "ridge",
            "--limit",
            "400",
            "--rounds",
            "1",
            "--dataset",
            "digits",
            "--json"
        );
        Assert.Equal(0, bench.Code);
        JsonElement[] products = [.. bench.Json.GetProperty("products").EnumerateArray()],
            rules = [.. bench.Json.GetProperty("rules").EnumerateArray()];
        Assert.Equal(8, products.Length);
        Assert.All(
            products,
            product =>
                Assert.True(
                    product.GetProperty("gflops").GetDouble() > 0 && product.GetProperty("mathNet").GetDouble() > 0
                )
        );
        Assert.Equal(
            ["competitive 8", "competitive 16", "kickback 8", "kickback 16"],
            rules.Select(rule => $"{rule.GetProperty("rule").GetString()} {rule.GetProperty("width").GetInt32()}")
        );
        Assert.All(
            rules,
            rule =>
                Assert.True(
                    rule.GetProperty("epochSeconds").GetDouble() > 0
                        && rule.GetProperty("probeSeconds").GetProperty("ridge").GetDouble() > 0
                )
        );
        Assert.False(Directory.Exists(reproduce.Results));
        Assert.Contains(
            "--rounds 0: 1 to 1000",
            await reproduce.Fail(2, "bench", "--rounds", "0"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "unknown rule 'nope'",
            await reproduce.Fail(2, "bench", "--rules", "nope"),
            StringComparison.Ordinal
        );
    }
}
