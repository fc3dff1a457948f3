namespace Reproduction.Evaluation.Records;

/// <summary>
/// Results are missing, damaged or cannot be saved. The message is one line: what, where, what to do.
/// </summary>
public sealed class ResultsException : Exception
{
    public ResultsException(string message)
        : base(message) { }

    public ResultsException(string message, Exception innerException)
        : base(message, innerException) { }
}
