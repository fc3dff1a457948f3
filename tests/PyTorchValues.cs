using System.Text.Json;

namespace Reproduction.Tests;

/// <summary>Reads the constants that Fixtures/pytorch_values.py wrote.</summary>
internal static class PyTorchValues
{
    private static readonly JsonElement Values = JsonDocument
        .Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures/pytorch_values.json")))
        .RootElement;

    public static JsonElement Group(string name) => Values.GetProperty(name);

    public static float[] Floats(this JsonElement group, string name) => Floats(group.GetProperty(name));

    public static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetSingle())];

    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance,
                $"value {i}: expected {expected[i]:R}, got {actual[i]:R}"
            );
        }
    }
}
