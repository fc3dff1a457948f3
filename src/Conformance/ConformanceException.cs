namespace Reproduction.Conformance;

/// <summary>Thrown when a learning rule breaks a law. The message names the law, the case and the numbers.</summary>
public sealed class ConformanceException(string message) : Exception(message);
