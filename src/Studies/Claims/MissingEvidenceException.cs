namespace Reproduction.Studies.Claims;

/// <summary>What a claim needs was not run, or came to no end.</summary>
/// <param name="message">What is missing.</param>
public sealed class MissingEvidenceException(string message) : Exception(message);
