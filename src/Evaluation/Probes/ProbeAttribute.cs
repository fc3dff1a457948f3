namespace Reproduction.Evaluation.Probes;

/// <summary>
/// Marks a probe of a plugin that a spec can name. The class is an <see cref="IHonestProbe"/> with a constructor
/// without parameters, and its <see cref="IProbe.Id"/> must be the id.
/// </summary>
/// <param name="id">The probe's name in specs and on the command line: lower case, with hyphens.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ProbeAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
