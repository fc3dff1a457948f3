namespace Reproduction.Network;

/// <summary>
/// Marks an activation of a plugin that can be chosen by name. The class needs a constructor without parameters, and
/// its <see cref="Activation.Name"/> must be the id.
/// </summary>
/// <param name="id">The activation's name in specs and on the command line: lower case, with hyphens.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ActivationAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
