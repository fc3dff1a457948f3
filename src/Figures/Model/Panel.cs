namespace Reproduction.Figures;

/// <summary>One plot of a figure.</summary>
/// <param name="Title">The title above the plot, e.g. "(g) Gini over training".</param>
public abstract record Panel(string Title);
