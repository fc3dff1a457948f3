using System.Reflection;
using Reproduction.Evaluation.Execution;

namespace Reproduction.Studies;

/// <summary>Finds what papers consist of in the suite's assemblies, so that nothing has to list it.</summary>
internal static class Discovered
{
    private static readonly Assembly Own = typeof(Discovered).Assembly;

    /// <summary>An instance of each class that derives from <typeparamref name="T"/>.</summary>
    public static IEnumerable<T> Instances<T>() =>
        SuiteAssemblies
            .All.Where(UsesStudies)
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)
            .Select(type => (T)Activator.CreateInstance(type)!);

    private static bool UsesStudies(Assembly assembly) =>
        assembly == Own || assembly.GetReferencedAssemblies().Any(used => used.Name == Own.GetName().Name);
}
