using System.Reflection;
using Reproduction.Evaluation.Execution;

namespace Reproduction.Studies;

/// <summary>
/// Finds experiments and claims in the suite's assemblies by reflection, so that nothing has to list them.
/// </summary>
internal static class Discovered
{
    private static readonly Assembly Own = typeof(Discovered).Assembly;

    /// <summary>Creates an instance of each class that derives from <typeparamref name="T"/>.</summary>
    public static IEnumerable<T> Instances<T>() =>
        SuiteAssemblies
            .All.Where(UsesStudies)
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)
            .Select(type => (T)Activator.CreateInstance(type)!);

    private static bool UsesStudies(Assembly assembly) =>
        assembly == Own || assembly.GetReferencedAssemblies().Any(used => used.Name == Own.GetName().Name);
}
