namespace Reproduction.Experiments.Claims;

/// <summary>What a claim needs was not run.</summary>
public sealed class MissingEvidenceException : Exception;
