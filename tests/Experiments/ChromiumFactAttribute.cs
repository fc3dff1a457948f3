namespace Reproduction.Tests.Experiments;

/// <summary>Marks a test in headless Chromium. Without it the test is skipped, and the reason is given.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Browser is null)
        {
            Skip = "Chromium is not on the path";
        }
    }

    public static string? Browser { get; } =
        (
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            from name in new[] { "chromium", "chromium-browser", "google-chrome", "chrome" }
            let path = Path.Combine(folder, name)
            where File.Exists(path)
            select path
        ).FirstOrDefault();
}
