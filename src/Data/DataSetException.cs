namespace Reproduction.Data;

/// <summary>A data set cannot be provided as requested. The message is one line: what, where, what to do.</summary>
public sealed class DataSetException : Exception
{
    public DataSetException(string message)
        : base(message) { }

    public DataSetException(string message, Exception innerException)
        : base(message, innerException) { }
}
