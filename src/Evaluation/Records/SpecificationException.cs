namespace Reproduction.Evaluation.Records;

/// <summary>
/// What was asked for makes no sense: an unknown name, a value out of range. The message is one line that names all
/// three.
/// </summary>
public sealed class SpecificationException : Exception
{
    public SpecificationException(string message)
        : base(message) { }

    public SpecificationException(string message, Exception innerException)
        : base(message, innerException) { }
}
