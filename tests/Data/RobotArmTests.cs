using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;

namespace Reproduction.Tests.Data;

public class RobotArmTests
{
    [Fact]
    public void The_portable_sine_is_the_sine()
    {
        for (double angle = -20; angle <= 20; angle += 0.0137)
        {
            (double sine, double cosine) = PortableSine.SinCos(angle);
            Assert.Equal(Math.Sin(angle), sine, 1e-14);
            Assert.Equal(Math.Cos(angle), cosine, 1e-14);
        }
    }

    [Fact]
    public void One_joint_is_a_pendulum()
    {
        // Axis z horizontal, gravity along −y, centre of mass at distance c: τ = (I + m·c²)·q̈ + m·g·c·cos q.
        const double mass = 1.7,
            centre = 0.35,
            inertia = 0.06;
        SerialArm arm = new(
            [new ArmLink(1, 0, 0, 0, mass, new Point(centre, 0, 0), new Point(0.01, 0.02, inertia))],
            new Point(0, -9.81, 0)
        );
        Random random = new(1);
        for (int i = 0; i < 50; i++)
        {
            double q = Draw(random),
                velocity = Draw(random),
                acceleration = Draw(random);
            double[] torque = new double[1];
            arm.Torques([q], [velocity], [acceleration], torque);
            Assert.Equal(
                ((inertia + (mass * centre * centre)) * acceleration) + (mass * 9.81 * centre * Math.Cos(q)),
                torque[0],
                1e-12
            );
        }
    }

    [Fact]
    public void Two_parallel_joints_are_the_textbooks_planar_arm()
    {
        const double m1 = 2.1,
            m2 = 1.3,
            l1 = 0.5,
            c1 = 0.2,
            c2 = 0.3,
            i1 = 0.07,
            i2 = 0.03,
            g = 9.81;
        SerialArm arm = new(
            [
                new ArmLink(1, 0, 0, 0, m1, new Point(c1, 0, 0), new Point(0.5, 0.6, i1)),
                new ArmLink(1, 0, l1, 0, m2, new Point(c2, 0, 0), new Point(0.4, 0.3, i2)),
            ],
            new Point(0, -g, 0)
        );
        Random random = new(2);
        for (int i = 0; i < 50; i++)
        {
            double q1 = Draw(random),
                q2 = Draw(random),
                v1 = Draw(random),
                v2 = Draw(random),
                a1 = Draw(random),
                a2 = Draw(random);
            double[] torque = new double[2];
            arm.Torques([q1, q2], [v1, v2], [a1, a2], torque);
            double m22 = i2 + (m2 * c2 * c2),
                m12 = m22 + (m2 * l1 * c2 * Math.Cos(q2)),
                m11 = i1 + (m1 * c1 * c1) + (m2 * l1 * l1) + (2 * m12) - m22,
                h = m2 * l1 * c2 * Math.Sin(q2);
            double g2 = m2 * g * c2 * Math.Cos(q1 + q2),
                g1 = (((m1 * c1) + (m2 * l1)) * g * Math.Cos(q1)) + g2;
            Assert.Equal((m11 * a1) + (m12 * a2) - (h * ((2 * v1 * v2) + (v2 * v2))) + g1, torque[0], 1e-11);
            Assert.Equal((m12 * a1) + (m22 * a2) + (h * v1 * v1) + g2, torque[1], 1e-11);
        }
    }

    [Fact]
    public void The_torques_work_is_the_gain_in_energy()
    {
        Random random = new(3);
        for (int i = 0; i < 10; i++)
        {
            double[] centre = Numbers(),
                amplitude = Numbers(),
                phase = Numbers();
            const double step = 1e-4;
            double[] torques = new double[RobotArm.Joints];
            RobotArm.Arm.Torques(Positions(0), Velocities(0), Accelerations(0), torques);
            double power = torques.Zip(Velocities(0)).Sum(pair => pair.First * pair.Second);
            double gain =
                (Energy(Positions(step), Velocities(step)) - Energy(Positions(-step), Velocities(-step))) / (2 * step);
            Assert.Equal(gain, power, 1e-5 * Math.Max(1, Math.Abs(power)));

            double[] Numbers() => [.. Enumerable.Range(0, RobotArm.Joints).Select(_ => Draw(random))];
            double[] Positions(double t) =>
                [.. centre.Select((c, j) => c + (amplitude[j] * Math.Sin((2 * t) + phase[j])))];
            double[] Velocities(double t) =>
                [.. centre.Select((_, j) => 2 * amplitude[j] * Math.Cos((2 * t) + phase[j]))];
            double[] Accelerations(double t) =>
                [.. centre.Select((_, j) => -4 * amplitude[j] * Math.Sin((2 * t) + phase[j]))];
        }
    }

    [Fact]
    public void The_set_is_the_same_everywhere_and_its_columns_are_standardised()
    {
        DataSet data = RobotArm.Generate(isNoisy: false);
        Assert.Equal(
            (12_000, 3_000, 21, 0, true),
            (data.Training.Examples.Count, data.Test.Examples.Count, data.Features, data.Classes, data.IsRegression)
        );
        Assert.Equal(["t1", "t2", "t3", "t4", "t5", "t6", "t7"], data.Targets);
        Assert.Equal(ExpectedSha256, data.Sha256);
        foreach (Matrix<float> columns in new[] { data.Training.Examples.Inputs, data.Training.Examples.Values! })
        {
            foreach (Vector<float> column in columns.EnumerateRows())
            {
                double mean = column.Average(value => (double)value);
                Assert.Equal(0, mean, 1e-5);
                Assert.Equal(1, column.Sum(value => (value - mean) * (value - mean)) / (column.Count - 1), 1e-4);
            }
        }
    }

    [Fact]
    public void Noise_is_as_large_as_it_says()
    {
        // The noisy value is standardised: x′ = (x + 0.05·g)/√(1 + 0.05²). The part that the clean value does not
        // explain has variance 0.05²/(1 + 0.05²).
        DataSet clean = RobotArm.Generate(isNoisy: false),
            noisy = RobotArm.Generate(isNoisy: true);
        double scale = 1 + (RobotArm.Noise * RobotArm.Noise);
        double[] rest =
        [
            .. clean
                .Training.Examples.Inputs.Row(4)
                .Zip(noisy.Training.Examples.Inputs.Row(4), (x, y) => y - (x / Math.Sqrt(scale))),
        ];
        Assert.Equal(RobotArm.Noise / Math.Sqrt(scale), Math.Sqrt(rest.Average(value => value * value)), 0.002);
        Assert.NotEqual(clean.Sha256, noisy.Sha256);
    }

    [Fact]
    public void One_target_is_a_row_of_a_regression_or_one_class_against_the_rest()
    {
        DataSet arm = RobotArm.Generate(isNoisy: false),
            one = arm.Only("t3");
        Assert.Equal(["t3"], one.Targets);
        Assert.Equal(arm.Test.Examples.Values!.Row(2), one.Test.Examples.Values!.Row(0));
        Assert.Equal(arm.Sha256, one.Sha256);
        DataSet toy = Evaluation.Toy.Set.Only("1");
        Assert.True(toy.IsRegression);
        Assert.Equal(
            Evaluation.Toy.Set.Test.Examples.Labels.Select(label => label == 1 ? 1f : -1f),
            toy.Test.Examples.Values!.Row(0)
        );
        Assert.Contains(
            "there are: t1, t2",
            Assert.Throws<DataSetException>(() => arm.Only("t8")).Message,
            StringComparison.Ordinal
        );
    }

    private const string ExpectedSha256 = "b8674f36c7c64a8fa505f87742e2e6978c3debf3f1f64c7022ca293f3e71e9bf";

    private static double Draw(Random random) => (2 * random.NextDouble()) - 1;

    /// <summary>
    /// Computes kinetic and potential energy from rotation matrices and differences of positions, unlike the algorithm.
    /// </summary>
    private static double Energy(double[] positions, double[] velocities)
    {
        const double step = 1e-6;
        double energy = 0;
        Pose[] before = Poses([.. positions.Zip(velocities, (q, v) => q - (step * v))]),
            after = Poses([.. positions.Zip(velocities, (q, v) => q + (step * v))]),
            now = Poses(positions);
        for (int i = 0; i < positions.Length; i++)
        {
            Vector<double> velocity = (after[i].Centre - before[i].Centre) / (2 * step);

            // Ṙ = R·[ω]×, with ω in the link's own frame.
            Matrix<double> spin = now[i].Rotation.Transpose() * (after[i].Rotation - before[i].Rotation) / (2 * step);
            double x = spin[2, 1],
                y = spin[0, 2],
                z = spin[1, 0];
            energy +=
                (0.5 * now[i].Link.Mass * velocity.DotProduct(velocity))
                + (now[i].Link.Mass * 9.81 * now[i].Centre[2])
                + (
                    0.5
                    * (
                        (now[i].Link.Inertia.X * x * x)
                        + (now[i].Link.Inertia.Y * y * y)
                        + (now[i].Link.Inertia.Z * z * z)
                    )
                );
        }

        return energy;
    }

    private static Pose[] Poses(double[] positions)
    {
        List<Pose> poses = [];
        Matrix<double> rotation = Matrix<double>.Build.DenseIdentity(3);
        Vector<double> origin = Vector<double>.Build.Dense(3);
        for (int i = 0; i < positions.Length; i++)
        {
            ArmLink link = RobotArm.Arm.Links[i];
            double c = Math.Cos(positions[i]),
                s = Math.Sin(positions[i]),
                ca = link.CosineOfTwist,
                sa = link.SineOfTwist;
            origin += rotation * Vector<double>.Build.Dense([link.Length, -link.Offset * sa, link.Offset * ca]);
            rotation *= Matrix<double>.Build.DenseOfArray(
                new[,]
                {
                    { c, -s, 0 },
                    { s * ca, c * ca, -sa },
                    { s * sa, c * sa, ca },
                }
            );
            poses.Add(
                new Pose(
                    link,
                    rotation,
                    origin
                        + (
                            rotation
                            * Vector<double>.Build.Dense([
                                link.CentreOfMass.X,
                                link.CentreOfMass.Y,
                                link.CentreOfMass.Z,
                            ])
                        )
                )
            );
        }

        return [.. poses];
    }

    private sealed record Pose(ArmLink Link, Matrix<double> Rotation, Vector<double> Centre);
}
