using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training.Credit;

/// <summary>
/// Records the network's own accuracy (classes) or normalised mean squared error (regression) on validation samples,
/// after every epoch.
/// </summary>
/// <param name="inference">The network and how its outputs come about.</param>
/// <param name="validation">Training samples that the rule does not see.</param>
/// <param name="curves">Receives the points.</param>
internal sealed class ValidationObserver(NetworkInference inference, Examples validation, CurveSet curves)
    : ITrainingObserver
{
    /// <inheritdoc/>
    public void AfterEpoch(int step, FeedForwardNetwork network)
    {
        if (validation.Values is null)
        {
            curves.Add(
                MeasureNames.ValidationAccuracy,
                step,
                NetworkOutput.Of([inference], validation).Accuracy(validation)
            );
        }
        else
        {
            curves.Add(
                MeasureNames.ValidationError,
                step,
                NetworkOutput.Of([inference], validation).NormalizedErrors(validation).Average()
            );
        }
    }
}
