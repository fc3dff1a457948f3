namespace Reproduction.Studies.Results;

/// <summary>A row of results that one seed made, so that it can be left out.</summary>
public interface ISeeded
{
    /// <summary>The seed.</summary>
    long Seed { get; }
}
