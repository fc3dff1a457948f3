namespace Reproduction.Tests.Figures;

/// <summary>Marks a test of an optional back end. It is skipped, with the reason, if the build has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BackEndFactAttribute : FactAttribute
{
    public BackEndFactAttribute(string name)
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, $"Reproduction.Figures.{name}.dll")))
        {
            Skip = $"{name} is not in the package cache";
        }
    }
}
