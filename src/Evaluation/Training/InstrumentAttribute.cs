namespace Reproduction.Evaluation.Training;

/// <summary>
/// Marks a training observer that a spec can name among its <see cref="Records.RunSpec.Instruments"/>. It adds what it
/// measures in a step to the notes of that step, before the step is applied.
/// </summary>
/// <param name="id">The name in specs: lower case, hyphens.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InstrumentAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
