namespace Reproduction.Studies.Claims;

/// <summary>A run that a claim needs was not made, or diverged.</summary>
/// <param name="message">What is missing.</param>
public sealed class MissingEvidenceException(string message) : Exception(message);
