using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training.Credit;

/// <summary>The network's own error on samples kept from it, after every pass over the data.</summary>
/// <param name="validation">Training samples that the rule does not see.</param>
/// <param name="curves">Takes the points.</param>
internal sealed class ValidationObserver(Examples validation, CurveSet curves) : ITrainingObserver
{
    /// <inheritdoc/>
    public void AfterEpoch(int step, FeedForwardNetwork network)
    {
        if (validation.Values is null)
        {
            curves.Add(
                MeasureNames.ValidationAccuracy,
                step,
                NetworkOutput.Of([network], validation).Accuracy(validation)
            );
        }
        else
        {
            curves.Add(
                MeasureNames.ValidationError,
                step,
                NetworkOutput.Of([network], validation).NormalizedErrors(validation).Average()
            );
        }
    }
}
