using Reproduction.Numerics;

namespace Reproduction.Data;

/// <summary>
/// The embedded regression: the inverse dynamics of an arm with seven joints, from 7 positions, 7 velocities and 7
/// accelerations to 7 torques. It is the task of the SARCOS data, computed for an arm that this suite defines, so that
/// everybody has the same numbers on every machine.
/// </summary>
/// <remarks>
/// A trajectory is the sum of three sinusoids per joint, of random amplitude, frequency and phase, around a random
/// position. Training, validation (the last sixth of the training rows) and test rows come from different trajectories,
/// so no test row is a neighbour in time of a training row. Every column is then standardised over the training rows.
/// </remarks>
public static class RobotArm
{
    public const string Id = "robot-arm";

    public const string Title = "simulated robot arm";

    /// <summary>
    /// The id of the noisy data set: the same data with noise of 5 % of each column's standard deviation on everything
    /// measured, inputs and torques.
    /// </summary>
    public const string NoisyId = "robot-arm-noisy";

    public const string NoisyTitle = "simulated robot arm, 5 % sensor noise";

    /// <summary>The noise of the noisy data set, in standard deviations of each column.</summary>
    public const double Noise = 0.05;

    public const int Joints = 7;

    private const int TrainingTrajectories = 300;
    private const int TestTrajectories = 75;
    private const int Rows = 40;
    private const double Interval = 0.1;
    private const int Sinusoids = 3;
    private const long Seed = 1411;

    /// <summary>
    /// The simulated arm: links of about human size, whose axes cross in shoulder, elbow and wrist; the last joints are
    /// lighter than the first.
    /// </summary>
    public static SerialArm Arm { get; } =
        new(
            [
                Link(0, 1, 0.34, 4.0, new(0, -0.03, 0.12), 0.06),
                Link(0, -1, 0, 4.0, new(0, 0.06, 0.04), 0.05),
                Link(0, 1, 0.40, 3.0, new(0, 0.03, 0.13), 0.04),
                Link(0, 1, 0, 2.7, new(0, 0.07, 0.03), 0.03),
                Link(0, -1, 0.40, 1.7, new(0, 0.02, 0.08), 0.015),
                Link(0, -1, 0, 1.6, new(0, 0.01, 0.01), 0.008),
                Link(0, 1, 0.13, 0.6, new(0.02, 0, 0.03), 0.002),
            ],
            new Point(0, 0, -9.81)
        );

    private static RealTable Table { get; } =
        new(3 * Joints, [.. Enumerable.Range(1, Joints).Select(joint => $"t{joint}")]);

    /// <summary>Generates the data set, which takes about a second.</summary>
    /// <param name="isNoisy">Whether inputs and torques carry noise.</param>
    public static DataSet Generate(bool isNoisy)
    {
        List<double[]> training = Draw("train", TrainingTrajectories),
            test = Draw("test", TestTrajectories);
        if (isNoisy)
        {
            double[] deviations =
            [
                .. Enumerable
                    .Range(0, training[0].Length)
                    .Select(column =>
                        MathNet.Numerics.Statistics.Statistics.StandardDeviation(training.Select(row => row[column]))
                    ),
            ];
            AddNoise(training, deviations, "train");
            AddNoise(test, deviations, "test");
        }

        return Table.ToDataSet(isNoisy ? NoisyId : Id, isNoisy ? NoisyTitle : Title, training, test);
    }

    private static ArmLink Link(double cosine, double sine, double offset, double mass, Point centre, double inertia) =>
        new(cosine, sine, 0, offset, mass, centre, new Point(inertia, inertia, 0.4 * inertia));

    private static List<double[]> Draw(string split, int trajectories)
    {
        List<double[]> rows = [];
        for (int t = 0; t < trajectories; t++)
        {
            RandomStream random = RandomStream.Create(Seed, $"{Id}/{split}/{t}");
            double Uniform(double low, double high) => low + ((high - low) * random.NextDouble());
            double[] centres = [.. Enumerable.Range(0, Joints).Select(_ => Uniform(-0.8, 0.8))];
            (double Amplitude, double Frequency, double Phase)[] waves =
            [
                .. Enumerable
                    .Range(0, Joints * Sinusoids)
                    .Select(_ => (Uniform(0.05, 0.5), Uniform(0.5, 4), Uniform(0, 2 * Math.PI))),
            ];
            for (int n = 0; n < Rows; n++)
            {
                double[] row = new double[4 * Joints];
                for (int i = 0; i < waves.Length; i++)
                {
                    // q = c + Σ A·sin(ωt + φ), q̇ = Σ Aω·cos(ωt + φ), q̈ = −Σ Aω²·sin(ωt + φ).
                    int joint = i % Joints;
                    (double amplitude, double frequency, double phase) = waves[i];
                    (double sine, double cosine) = PortableSine.SinCos((frequency * n * Interval) + phase);
                    row[joint] += amplitude * sine + (i < Joints ? centres[joint] : 0);
                    row[Joints + joint] += amplitude * frequency * cosine;
                    row[(2 * Joints) + joint] -= amplitude * frequency * frequency * sine;
                }

                Arm.Torques(
                    row.AsSpan(0, Joints),
                    row.AsSpan(Joints, Joints),
                    row.AsSpan(2 * Joints, Joints),
                    row.AsSpan(3 * Joints, Joints)
                );
                rows.Add(row);
            }
        }

        return rows;
    }

    private static void AddNoise(List<double[]> rows, double[] deviations, string split)
    {
        RandomStream random = RandomStream.Create(Seed, $"{Id}/{split}/noise");
        foreach (double[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                // Twelve uniform numbers less six are close enough to normal for a sensor, and give the same bits
                // everywhere.
                double normal = -6;
                for (int k = 0; k < 12; k++)
                {
                    normal += random.NextDouble();
                }

                row[i] += Noise * deviations[i] * normal;
            }
        }
    }
}
