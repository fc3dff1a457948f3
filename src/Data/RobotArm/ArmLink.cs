namespace Reproduction.Data;

/// <summary>
/// One link of a serial arm with the revolute joint that carries it, in the modified Denavit–Hartenberg convention
/// (Craig 2005, §3.4).
/// </summary>
/// <param name="CosineOfTwist">cos α, where α is the angle from the joint axis below to this one about the common
/// normal.</param>
/// <param name="SineOfTwist">sin α.</param>
/// <param name="Length">The distance a in metres, along the common normal.</param>
/// <param name="Offset">The distance d in metres, along this joint's axis.</param>
/// <param name="Mass">The mass in kilograms, ≥ 0.</param>
/// <param name="CentreOfMass">The centre of mass in metres, in the link's own frame.</param>
/// <param name="Inertia">Principal moments of inertia about the centre of mass in kg·m², along the axes of the link's
/// own frame.</param>
public sealed record ArmLink(
    double CosineOfTwist,
    double SineOfTwist,
    double Length,
    double Offset,
    double Mass,
    Point CentreOfMass,
    Point Inertia
);
