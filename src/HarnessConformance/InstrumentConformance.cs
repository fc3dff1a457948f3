using MathNet.Numerics.LinearAlgebra;
using Reproduction.Conformance;
using Reproduction.Data;
using Reproduction.Evaluation.Training;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.HarnessConformance;

/// <summary>Checks the laws that every instrument keeps, on a small training by a rule.</summary>
/// <param name="id">The id of the instrument.</param>
/// <param name="create">Creates it; called for every training.</param>
/// <param name="rule">Creates the rule that trains the network, of two hidden layers and three classes.</param>
public sealed class InstrumentConformance(string id, Func<ITrainingObserver> create, Func<ILearningRule> rule)
    : LawSuite(
        id,
        () =>
            [
                (
                    "reads-only",
                    "observing changes nothing: the weights are the same bits without it",
                    () => ReadsOnly(create, rule)
                ),
                ("deterministic", "two trainings of one seed are noted alike", () => Deterministic(create, rule)),
            ]
    )
{
    private static IEnumerable<string> ReadsOnly(Func<ITrainingObserver> create, Func<ILearningRule> rule)
    {
        float[] with = Train(rule(), create()).Weights,
            without = Train(rule(), null).Weights;
        if (!with.SequenceEqual(without))
        {
            yield return "a network that is observed ends with other weights";
        }
    }

    private static IEnumerable<string> Deterministic(Func<ITrainingObserver> create, Func<ILearningRule> rule)
    {
        string[] one = Train(rule(), create()).Notes,
            other = Train(rule(), create()).Notes;
        if (!one.SequenceEqual(other))
        {
            yield return $"the first training is noted as {one.Except(other).FirstOrDefault()}, the second otherwise";
        }
    }

    private static (float[] Weights, string[] Notes) Train(ILearningRule rule, ITrainingObserver? observer)
    {
        const int inputs = 6,
            samples = 60;
        FeedForwardNetwork network = new([
            new DenseLayer(inputs, 5, PiecewiseLinear.Relu),
            new DenseLayer(5, 4, PiecewiseLinear.Relu),
            new DenseLayer(4, 3, new Softmax()),
        ]);
        RandomStreams random = new(1);
        network.Draw(Initialization.He, random["init"]);
        Matrix<float> values = Matrix<float>.Build.Dense(inputs, samples);
        random["data"].FillNormal(values.AsColumnMajorArray(), 1);
        NotesObserver notes = new(window: 2);
        TrainingPlan plan = new(2, 10, OptimizerKind.Sgd, 0.1, WeightConstraint.None);
        new Trainer(
            new NetworkInference(network, rule, RuleParameters.Draw(rule, network, random)),
            new TrainingSplit(new Examples(values, [.. Enumerable.Range(0, samples).Select(j => j % 3)], 3)),
            plan,
            random,
            observer is null ? [notes] : [observer, notes]
        ).Run();
        return (
            [.. network.Layers.SelectMany(layer => layer.Weights.ToColumnMajorArray())],
            [.. notes.Notes.Select(note => $"{note.Name} {string.Join(' ', note.Curve.Values)}")]
        );
    }
}
