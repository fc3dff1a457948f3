namespace Reproduction.Campaign.Files;

/// <summary>Locates the sample plugin, most of whose rules are wrong on purpose.</summary>
internal static class SamplePlugin
{
    /// <summary>The folder of the built plugin and its dependencies.</summary>
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

    /// <summary>A plugin of an activation, a data set, a probe and an instrument.</summary>
    public static string HarnessFile => File.Replace("SamplePlugin", "SampleHarnessPlugin", StringComparison.Ordinal);
}
