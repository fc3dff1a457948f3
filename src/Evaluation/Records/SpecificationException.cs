namespace Reproduction.Evaluation.Records;

/// <summary>
/// A request is invalid: it has an unknown name or a value out of range. The message is one line that names the option,
/// the value and the range.
/// </summary>
public sealed class SpecificationException : Exception
{
    public SpecificationException(string message)
        : base(message) { }

    public SpecificationException(string message, Exception innerException)
        : base(message, innerException) { }
}
