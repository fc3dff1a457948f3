using System.Collections.Concurrent;
using System.Reflection;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;

namespace Reproduction.Evaluation.Execution;

/// <summary>The instruments in the suite's assemblies, found by their attribute.</summary>
internal static class InstrumentCatalog
{
    private static readonly ConcurrentDictionary<string, Type> Types = new(
        SuiteAssemblies
            .All.SelectMany(assembly => assembly.GetExportedTypes())
            .Select(type => (Type: type, Attribute: type.GetCustomAttribute<InstrumentAttribute>()))
            .Where(pair => pair.Attribute is not null)
            .ToDictionary(pair => pair.Attribute!.Id, pair => pair.Type),
        StringComparer.Ordinal
    );

    /// <summary>Makes the instrument of a plugin available by its id.</summary>
    /// <returns>False if another instrument already has that id.</returns>
    public static bool Register(string id, Type type) =>
        Types.GetOrAdd(id, type).AssemblyQualifiedName == type.AssemblyQualifiedName;

    /// <summary>Creates an instrument for one training.</summary>
    /// <exception cref="SpecificationException">There is no instrument with this id.</exception>
    public static ITrainingObserver Create(string id) => (ITrainingObserver)Activator.CreateInstance(TypeOf(id))!;

    /// <summary>Returns the class of an instrument.</summary>
    /// <exception cref="SpecificationException">There is no instrument with this id.</exception>
    public static Type TypeOf(string id) =>
        Types.TryGetValue(id, out Type? type)
            ? type
            : throw new SpecificationException(
                $"unknown instrument '{id}'; there are: "
                    + string.Join(", ", Types.Keys.Order(StringComparer.Ordinal).DefaultIfEmpty("none"))
            );
}
