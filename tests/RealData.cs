namespace Reproduction.Tests;

/// <summary>Finds the published data sets on this machine.</summary>
internal static class RealData
{
    public static string Root { get; } = FindRoot();

    /// <summary>A data folder that contains MNIST; null if there is none.</summary>
    public static string? Folder { get; } =
        new[]
        {
            Environment.GetEnvironmentVariable("REPRODUCTION_DATA"),
            Path.Combine(Root, "data"),
            Path.Combine(Root, "../shared/data"),
        }.FirstOrDefault(folder =>
            folder is not null && File.Exists(Path.Combine(folder, "mnist", "train-images-idx3-ubyte.gz"))
        );

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Reproduction.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie below Reproduction.sln.");
    }
}

/// <summary>Marks a test on real MNIST. Without MNIST the test is skipped, and the reason is given.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MnistFactAttribute : FactAttribute
{
    public MnistFactAttribute()
    {
        if (RealData.Folder is null)
        {
            Skip = "MNIST is not at hand (set REPRODUCTION_DATA)";
        }
    }
}
