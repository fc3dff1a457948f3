using System.Reflection;
using Reproduction.Data;
using Reproduction.Evaluation.Probes;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>Makes what a plugin marks, other than a rule, available by its name.</summary>
internal static class Contribution
{
    /// <summary>Takes a marked class in, and returns its id.</summary>
    /// <exception cref="SpecificationException">The class is not what its mark says, or its name is taken.</exception>
    public static string Take(PluginKind kind, Type type)
    {
        switch (kind)
        {
            case PluginKind.Activation:
                Activation activation = Made<Activation>(type);
                string name = type.GetCustomAttribute<ActivationAttribute>()!.Id;
                RequireName(type, activation.Name, name);
                return Registered(Activations.Register(activation), type, name);
            case PluginKind.DataSet:
                DataSetAttribute mark = type.GetCustomAttribute<DataSetAttribute>()!;
                return Registered(DataSets.Register(mark, Made<IDataSetSource>(type)), type, mark.Id);
            case PluginKind.Probe:
                IHonestProbe probe = Made<IHonestProbe>(type);
                string id = type.GetCustomAttribute<ProbeAttribute>()!.Id;
                RequireName(type, probe.Id, id);
                return Registered(ProbeCatalog.Register(probe), type, id);
            default:
                Made<ITrainingObserver>(type);
                string instrument = type.GetCustomAttribute<InstrumentAttribute>()!.Id;
                return Registered(InstrumentCatalog.Register(instrument, type), type, instrument);
        }
    }

    private static T Made<T>(Type type)
    {
        if (!typeof(T).IsAssignableFrom(type) || type.GetConstructor([]) is null)
        {
            throw new SpecificationException(
                $"{type.FullName} is marked, but it is no {typeof(T).Name} with a public constructor without parameters"
            );
        }

        return (T)Activator.CreateInstance(type)!;
    }

    private static void RequireName(Type type, string own, string marked)
    {
        if (own != marked)
        {
            throw new SpecificationException(
                $"{type.FullName} is marked '{marked}' and calls itself '{own}'; give both one name"
            );
        }
    }

    private static string Registered(bool isFree, Type type, string id) =>
        isFree ? id : throw new SpecificationException($"{type.FullName}: the name {id} is taken; rename it");
}
