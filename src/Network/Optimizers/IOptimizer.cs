namespace Reproduction.Network;

/// <summary>Applies proposed changes to one parameter array; one object a parameter, for it may hold moments.</summary>
public interface IOptimizer
{
    /// <summary>Changes <paramref name="parameters"/> along <paramref name="direction"/>, the wanted change per unit of learning rate.</summary>
    void Step(float[] parameters, float[] direction);
}
