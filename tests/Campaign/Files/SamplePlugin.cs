namespace Reproduction.Campaign.Files;

/// <summary>A plugin with rules of which most are at fault.</summary>
internal static class SamplePlugin
{
    /// <summary>Where it was built, with what it depends on.</summary>
    public static string Folder { get; } =
        Path.GetFullPath(
            Path.Combine(
                AppContext.BaseDirectory,
                "..",
                "..",
                "SamplePlugin",
                new DirectoryInfo(AppContext.BaseDirectory).Name
            )
        );

    public static string File => Path.Combine(Folder, "SamplePlugin.dll");
}
