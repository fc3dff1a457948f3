namespace Reproduction.Data;

/// <summary>Marks a data set of a plugin. The class is an <see cref="IDataSetSource"/>.</summary>
/// <param name="id">The data set's name on the command line: lower case, with hyphens.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DataSetAttribute(string id) : Attribute
{
    public string Id { get; } = id;

    /// <summary>Whether the targets are real numbers rather than classes.</summary>
    public bool IsRegression { get; init; }
}
