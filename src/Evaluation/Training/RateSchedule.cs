using System.Globalization;
using Reproduction.Evaluation.Records;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// How the learning rate changes in the course of a training: <c>constant</c>; <c>linear</c>, from the full rate to 0;
/// <c>cosine</c>, half a period of a cosine from the full rate to 0; <c>step:F@E/E</c>, multiplied by F after each of
/// the named epochs.
/// </summary>
public sealed class RateSchedule
{
    /// <summary>The schedule that leaves the rate as it is.</summary>
    public const string Constant = RunSpec.ConstantSchedule;

    private const string StepPrefix = "step:";

    private readonly string name;
    private readonly double factor = 1;
    private readonly int[] epochs = [];

    private RateSchedule(string name)
    {
        this.name = name;
    }

    private RateSchedule(double factor, int[] epochs)
    {
        (name, this.factor, this.epochs) = (StepPrefix, factor, epochs);
    }

    /// <summary>Returns the schedule with this name.</summary>
    /// <exception cref="SpecificationException">There is no such schedule.</exception>
    public static RateSchedule Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name is Constant or "linear" or "cosine")
        {
            return new RateSchedule(name);
        }

        string[] parts = name.StartsWith(StepPrefix, StringComparison.Ordinal)
            ? name[StepPrefix.Length..].Split('@')
            : [];
        int[] epochs =
        [
            .. (parts.Length == 2 ? parts[1].Split('/') : []).Select(text =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int epoch) ? epoch : 0
            ),
        ];
        bool isStep =
            parts.Length == 2
            & double.TryParse(
                parts.ElementAtOrDefault(0),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out double factor
            );
        return isStep && factor is > 0 and <= 1 && epochs.All(epoch => epoch > 0)
            ? new RateSchedule(factor, epochs)
            : throw new SpecificationException(
                $"--schedule {name}: {Constant}, linear, cosine, or {StepPrefix}F@E/E… (times F, above 0 and at most "
                    + "1, after each of the epochs named), e.g. step:0.25@50/75"
            );
    }

    /// <summary>What the learning rate is multiplied by in a step.</summary>
    /// <param name="share">The share of all steps that lies before this one, in [0, 1).</param>
    /// <param name="epoch">The number of the epoch; 1 for the first.</param>
    public double At(double share, int epoch) =>
        name switch
        {
            "linear" => 1 - share,
            "cosine" => (1 + Math.Cos(Math.PI * share)) / 2,
            _ => Stepped(epoch),
        };

    private double Stepped(int epoch)
    {
        double rate = 1;
        foreach (int end in epochs)
        {
            rate *= epoch > end ? factor : 1;
        }

        return rate;
    }
}
