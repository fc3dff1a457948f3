namespace Reproduction.Data;

/// <summary>
/// A chain of rigid links with revolute joints, and the torques that move it, by the recursive Newton–Euler algorithm
/// for inverse dynamics (Luh, Walker and Paul 1980; Craig 2005, §6.5).
/// </summary>
/// <param name="links">The links, from the base outwards.</param>
/// <param name="gravity">The acceleration of gravity in m/s², in the frame of the base.</param>
public sealed class SerialArm(IReadOnlyList<ArmLink> links, Point gravity)
{
    public int Joints => links.Count;

    /// <summary>The links, from the base outwards.</summary>
    public IReadOnlyList<ArmLink> Links => links;

    /// <summary>Computes the torques that give the joints the requested accelerations.</summary>
    /// <param name="positions">The positions q in radians, one per joint.</param>
    /// <param name="velocities">The velocities q̇ in rad/s, one per joint.</param>
    /// <param name="accelerations">The accelerations q̈ in rad/s², one per joint.</param>
    /// <param name="torques">The torques τ in N·m, one per joint, overwritten.</param>
    public void Torques(
        ReadOnlySpan<double> positions,
        ReadOnlySpan<double> velocities,
        ReadOnlySpan<double> accelerations,
        Span<double> torques
    )
    {
        Span<Rotation> rotations = stackalloc Rotation[Joints];
        Span<Point> forces = stackalloc Point[Joints],
            moments = stackalloc Point[Joints];
        Point omega = default,
            alpha = default,
            linear = -1 * gravity;
        for (int i = 0; i < Joints; i++)
        {
            // ω ← Rᵀω + q̇z;  α ← Rᵀα + Rᵀω × q̇z + q̈z;  a ← Rᵀ(α × p + ω × (ω × p) + a): the frame of this link seen
            // from the one below.
            ArmLink link = links[i];
            Rotation rotation = rotations[i] = new Rotation(link, positions[i]);
            Point place = PlaceOf(link),
                turn = new(0, 0, velocities[i]),
                carried = rotation.Down(omega);
            linear = rotation.Down(Point.Cross(alpha, place) + Point.Cross(omega, Point.Cross(omega, place)) + linear);
            alpha = rotation.Down(alpha) + Point.Cross(carried, turn) + new Point(0, 0, accelerations[i]);
            omega = carried + turn;

            // F = m·(α × c + ω × (ω × c) + a);  N = Iα + ω × Iω.
            forces[i] =
                link.Mass
                * (
                    Point.Cross(alpha, link.CentreOfMass)
                    + Point.Cross(omega, Point.Cross(omega, link.CentreOfMass))
                    + linear
                );
            moments[i] = Point.Scale(link.Inertia, alpha) + Point.Cross(omega, Point.Scale(link.Inertia, omega));
        }

        Point force = default,
            moment = default;
        for (int i = Joints - 1; i >= 0; i--)
        {
            // n ← N + Rn′ + c × F + p × Rf′;  f ← Rf′ + F;  τ = n·z, with R and p of the link above.
            if (i < Joints - 1)
            {
                force = rotations[i + 1].Up(force);
                moment = rotations[i + 1].Up(moment) + Point.Cross(PlaceOf(links[i + 1]), force);
            }

            moment = moments[i] + moment + Point.Cross(links[i].CentreOfMass, forces[i]);
            force += forces[i];
            torques[i] = moment.Z;
        }
    }

    /// <summary>Returns the origin of a link's frame in the frame below: (a, −d·sin α, d·cos α).</summary>
    private static Point PlaceOf(ArmLink link) =>
        new(link.Length, -link.Offset * link.SineOfTwist, link.Offset * link.CosineOfTwist);

    /// <summary>The rotation from a link's frame to the frame below: by q about z, then by α about x.</summary>
    private readonly struct Rotation
    {
        private readonly double cosine;
        private readonly double sine;
        private readonly double cosineOfTwist;
        private readonly double sineOfTwist;

        public Rotation(ArmLink link, double position)
        {
            (sine, cosine) = PortableSine.SinCos(position);
            (cosineOfTwist, sineOfTwist) = (link.CosineOfTwist, link.SineOfTwist);
        }

        public Point Up(Point v)
        {
            double x = (cosine * v.X) - (sine * v.Y),
                y = (sine * v.X) + (cosine * v.Y);
            return new(x, (cosineOfTwist * y) - (sineOfTwist * v.Z), (sineOfTwist * y) + (cosineOfTwist * v.Z));
        }

        public Point Down(Point v)
        {
            double y = (cosineOfTwist * v.Y) + (sineOfTwist * v.Z),
                z = (cosineOfTwist * v.Z) - (sineOfTwist * v.Y);
            return new((cosine * v.X) + (sine * y), (cosine * y) - (sine * v.X), z);
        }
    }
}
