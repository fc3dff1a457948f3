namespace Reproduction.Algorithms.TargetProp;

/// <summary>How the target x′ of what a layer puts out becomes a target u′ of its pre-activations u.</summary>
public enum ActivationPass
{
    /// <summary>u′ = f⁻¹(x′), as the text has it: what a unit of slope a lacks of its target is divided by a.</summary>
    Inverse,

    /// <summary>
    /// u′ = u + f′(u)·(x′ − f(u)), downhill on ½‖x′ − f(u)‖²: what a unit of slope a lacks of its target is multiplied
    /// by a.
    /// </summary>
    Slope,
}
