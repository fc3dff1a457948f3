using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Conformance;

/// <summary>
/// Checks the laws that every learning rule must keep. In a test project, write a theory over <see cref="Laws"/> that
/// calls <see cref="Require"/>. The checks run on small networks of their own, in milliseconds.
/// </summary>
public sealed class LearningRuleConformance
{
    private const int Steps = 7;
    private const long Seed = 1;
    private const long OtherSeed = 2;
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly (
        string Name,
        string Statement,
        Func<LearningRuleConformance, IEnumerable<string>> Check
    )[] All =
    [
        (
            "deterministic",
            "two runs with the same seed end with the same weights, bit for bit",
            rule => rule.Deterministic()
        ),
        (
            "seeded",
            "the seed matters: if the rule draws from the run's streams, another seed changes what it does",
            rule => rule.Seeded()
        ),
        ("zero-rate", "with a learning rate of 0 nothing changes", rule => rule.ZeroRate()),
        ("finite", "every proposed change is a finite number", rule => rule.Finite(rule.Usual)),
        (
            "any-shape",
            "works with one unit, one sample, a smaller last batch, one layer and many, normalisation "
                + "and dropout; or refuses before the first step",
            rule => rule.AnyShape()
        ),
        ("reads-only", "proposing changes neither the network nor what the rule is shown", rule => rule.ReadsOnly()),
        (
            "supervision",
            "sees no more than it declares: its declaration stays the same, and labels that it does not "
                + "see have no effect",
            rule => rule.SeesWhatItDeclares()
        ),
        (
            "state",
            "saving the state in mid-training and continuing with another object changes nothing, bit for bit",
            rule => rule.StateSurvives()
        ),
        ("locality", "layers that it declares it does not read have no effect", rule => rule.IsLocal()),
        (
            "columns",
            "averages over the columns of its record, so that a batch given twice gives the same step, or "
                + "declares that it sums",
            rule => rule.AveragesColumns()
        ),
        (
            "inference",
            "what its units put out is what probes read: the forward pass, or inference that it declares, one sample "
                + "at a time",
            rule => rule.InfersAsItLearns()
        ),
    ];

    private readonly LearningRuleAttribute attribute;
    private readonly Func<ILearningRule> create;
    private ConformanceCase? usual;

    /// <summary>Prepares the checks of a rule under given options.</summary>
    /// <param name="attribute">The attribute of the rule's class. It determines the networks on which the rule is
    /// checked.</param>
    /// <param name="create">Creates a new rule object on every call.</param>
    public LearningRuleConformance(LearningRuleAttribute attribute, Func<ILearningRule> create)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        ArgumentNullException.ThrowIfNull(create);
        this.attribute = attribute;
        this.create = create;
    }

    /// <summary>The names of the laws.</summary>
    public static IReadOnlyList<string> Laws { get; } = [.. All.Select(law => law.Name)];

    /// <summary>Returns the statement of a law in words.</summary>
    /// <exception cref="ArgumentException">No law has that name.</exception>
    public static string Statement(string law) => Find(law).Statement;

    /// <summary>Prepares the checks of a rule with its default options.</summary>
    /// <typeparam name="TRule">A rule that is marked with <see cref="LearningRuleAttribute"/> and has one constructor,
    /// which takes the rule's options record or nothing.</typeparam>
    public static LearningRuleConformance Of<TRule>()
        where TRule : ILearningRule
    {
        ParameterInfo[] parameters = typeof(TRule).GetConstructors().Single().GetParameters();
        return new LearningRuleConformance(
            typeof(TRule).GetCustomAttribute<LearningRuleAttribute>()
                ?? throw new ArgumentException($"{typeof(TRule)} is not marked [LearningRule]."),
            () =>
                (ILearningRule)
                    Activator.CreateInstance(
                        typeof(TRule),
                        [.. parameters.Select(parameter => Activator.CreateInstance(parameter.ParameterType))]
                    )!
        );
    }

    /// <summary>
    /// Lists the violations of a law, one line each, with the case and the numbers. Empty if the law holds.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such law.</exception>
    public IReadOnlyList<string> Violations(string law)
    {
        Func<LearningRuleConformance, IEnumerable<string>> check = Find(law).Check;
        try
        {
            return [.. check(this).Select(line => $"{attribute.Id} breaks '{law}': {line}")];
        }
        catch (Exception exception)
        {
            // A rule may throw any exception. Whatever it throws is reported as a violation.
            string place = exception.StackTrace?.Split('\n')[0].Trim() is { } top ? $" {top}" : "";
            string breach = $"{attribute.Id} breaks '{law}': {exception.GetType().Name}: {exception.Message}{place}";
            return [breach.ReplaceLineEndings(" ")];
        }
    }

    /// <summary>Requires that a law holds.</summary>
    /// <exception cref="ConformanceException">The law does not hold.</exception>
    /// <exception cref="ArgumentException">There is no such law.</exception>
    public void Require(string law)
    {
        IReadOnlyList<string> violations = Violations(law);
        if (violations.Count > 0)
        {
            throw new ConformanceException(string.Join(Environment.NewLine, violations));
        }
    }

    private static (string Name, string Statement, Func<LearningRuleConformance, IEnumerable<string>> Check) Find(
        string law
    ) =>
        All.FirstOrDefault(candidate => candidate.Name == law) is { Name: not null } found
            ? found
            : throw new ArgumentException(
                $"There is no law '{law}'; there are: {string.Join(", ", Laws)}.",
                nameof(law)
            );

    /// <summary>The case on which most laws are checked.</summary>
    private ConformanceCase Usual =>
        usual ??=
            ConformanceCase.Usual.FirstOrDefault(at => Refusal(at) is null)
            ?? throw new InvalidOperationException(
                $"refuses every network it was offered: {Refusal(ConformanceCase.Usual[0])}"
            );

    private ConformanceRun Run(long? ruleSeed = null, double? learningRate = null) =>
        new(Usual, attribute, create, Seed, ruleSeed, learningRate);

    /// <summary>
    /// The rule's message if it refuses a network, which it may do before the first step; null if it accepts the
    /// network.
    /// </summary>
    private string? Refusal(ConformanceCase at)
    {
        try
        {
            _ = new ConformanceRun(at, attribute, create, Seed);
            return null;
        }
        catch (ArgumentException exception) when (exception.GetType() == typeof(ArgumentException))
        {
            // A derived exception is not a refusal but an error of the rule.
            return exception.Message;
        }
    }

    private IEnumerable<string> Deterministic() =>
        Differences("two runs with the same seed", Run().Train(Steps), Run().Train(Steps));

    private IEnumerable<string> Seeded()
    {
        ConformanceRun one = Run().Train(Steps),
            other = Run(ruleSeed: OtherSeed).Train(Steps);
        string[] drawn = [.. one.Random.Opened.Where(name => name != "dropout")];
        if (drawn.Length > 0 && one.Trace == other.Trace && !Differences("", one, other).Any())
        {
            yield return $"the rule asks for the random stream(s) {string.Join(", ", drawn)}, yet under another seed "
                + $"of them its weights and notes after {Steps} steps are the same";
        }
    }

    private IEnumerable<string> ZeroRate()
    {
        ConformanceRun run = Run(learningRate: 0);
        Snapshot before = new(run);
        return before.Changes($"learning rate 0, after {Steps} steps", run.Train(Steps));
    }

    private IEnumerable<string> Finite(ConformanceCase at)
    {
        ConformanceRun run = new(at, attribute, create, Seed);
        for (int step = 1; step <= 2 * Steps; step++)
        {
            string? failed = null;
            try
            {
                run.Train(1);
            }
            catch (Exception exception)
            {
                failed =
                    $"{at.Name}: {exception.GetType().Name} at step {step}: {exception.Message}".ReplaceLineEndings(
                        " "
                    );
            }

            if (failed is not null)
            {
                yield return failed;
                yield break;
            }

            for (int l = 0; l < run.Proposal.Layers; l++)
            {
                if (run.Proposal[l] is { } change && FirstNotFinite(change) is { } broken)
                {
                    yield return $"{at.Name}: step {step} proposes {broken} of layer {l + 1}";
                    yield break;
                }
            }

            foreach (ParameterDeclaration declared in run.Inference.Parameters.Declarations)
            {
                if (run.Proposal[declared.Name]?.AsColumnMajorArray().All(float.IsFinite) == false)
                {
                    yield return $"{at.Name}: step {step} proposes an entry of parameter {declared.Name} that is no "
                        + "finite number";
                    yield break;
                }
            }
        }
    }

    private IEnumerable<string> AnyShape()
    {
        ConformanceCase[] taken = [.. ConformanceCase.Extremes.Where(at => Refusal(at) is null)];
        return taken.Length > 0
            ? taken.SelectMany(Finite)
            :
            [
                $"refuses every one of {ConformanceCase.Extremes.Length} networks: "
                    + $"{Refusal(ConformanceCase.Extremes[0])}",
            ];
    }

    private IEnumerable<string> ReadsOnly()
    {
        ConformanceRun run = Run();
        for (int step = 1; step <= Steps; step++)
        {
            LearningStep shown = run.Forward();
            Snapshot before = new(run);
            (string What, float[] Values)[] inputs =
            [
                .. Shown(shown).Select(part => (part.What, (float[])part.Values.Clone())),
            ];
            run.Propose(shown);
            foreach (string change in before.Changes($"the proposal of step {step}", run))
            {
                yield return change;
            }

            foreach (((string what, float[] old), (_, float[] now)) in inputs.Zip(Shown(shown)))
            {
                if (FirstDifference(old, now) is { } i)
                {
                    yield return $"the proposal of step {step} changed {what}: entry {i} was {old[i]:R}, is {now[i]:R}";
                }
            }

            run.Train(1);
        }
    }

    private IEnumerable<string> SeesWhatItDeclares()
    {
        ConformanceRun run = Run();
        Supervision declared = run.Rule.Supervision;
        run.Train(Steps);
        if (run.Rule.Supervision != declared || create().Supervision != declared)
        {
            yield return $"the rule declares {declared} before training and {run.Rule.Supervision} after {Steps} steps";
        }

        if (declared != Supervision.None)
        {
            yield break;
        }

        foreach (
            string difference in Differences(
                "labels in another order",
                run,
                new ConformanceRun(Usual with { AreLabelsReversed = true }, attribute, create, Seed).Train(Steps)
            )
        )
        {
            yield return difference;
        }
    }

    private IEnumerable<string> StateSurvives()
    {
        ConformanceRun whole = Run().Train(Steps),
            resumed = Run().Train(Steps / 2);
        if (resumed.State is { } state)
        {
            resumed.State = JsonSerializer.Deserialize(
                JsonSerializer.Serialize(state, state.GetType(), Json),
                state.GetType(),
                Json
            );
        }

        resumed.Rule = create();
        return Differences(
            $"state saved and loaded after {Steps / 2} of {Steps} steps",
            whole,
            resumed.Train(Steps - (Steps / 2))
        );
    }

    private IEnumerable<string> IsLocal()
    {
        int layers = Run().Network.Layers.Count;
        Locality locality = create().Locality;
        for (int layer = 0; layer < layers; layer++)
        {
            for (int other = 0; other < layers; other++)
            {
                bool isRead =
                    locality == Locality.Network
                    || other == layer
                    || (locality == Locality.NextLayer && other == layer + 1);
                if (!isRead && Influence(layer, other) is { } violation)
                {
                    yield return violation;
                }
            }
        }
    }

    /// <summary>
    /// A step on a batch given twice must be the step on the batch given once, or twice that for a rule that declares
    /// to sum. A rule that draws random numbers for each
    /// sample draws others for the second copy, so the law says nothing about it.
    /// </summary>
    private IEnumerable<string> AveragesColumns()
    {
        ConformanceRun once = Run(),
            again = Run(),
            twice = Run();
        once.Propose(once.Forward());
        again.Propose(again.Forward() with { Random = new Numerics.RandomStreams(OtherSeed) });
        if (
            AllProposed(once)
                .Zip(AllProposed(again))
                .Any(pair => FirstDifference(pair.First.Values, pair.Second.Values) is not null)
        )
        {
            yield break;
        }

        twice.Propose(twice.Forward(isDoubled: true));
        foreach (((string what, float[] one), (_, float[] two)) in AllProposed(once).Zip(AllProposed(twice)))
        {
            float times = attribute.SumsOverColumns ? 2 : 1;

            // Sums over twice as many columns round otherwise.
            float largest = one.Select(MathF.Abs).Append(1e-12f).Max(),
                most = one.Zip(two, (a, b) => MathF.Abs((times * a) - b)).Max();
            if (most > 1e-3f * largest)
            {
                yield return $"{what}: the step of a batch given twice is {most / largest:P0} of the largest entry "
                    + $"away from {(attribute.SumsOverColumns ? "twice " : "")}the step of the batch; divide by the "
                    + "columns of the layer's record, or declare SumsOverColumns";
            }
        }
    }

    private IEnumerable<string> InfersAsItLearns() => create() is IInferringRule ? OwnInference() : HiddenInference();

    /// <summary>
    /// Inference of a rule's own must be a function of network, parameters and each sample by itself.
    /// </summary>
    private IEnumerable<string> OwnInference()
    {
        ConformanceRun run = Run().Train(Steps);
        Snapshot before = new(run);
        Matrix<float> inputs = run.Inputs;
        (Matrix<float>[] Activity, Matrix<float> Scores) all = Settled(run.Inference, inputs);
        foreach (string change in before.Changes("inference", run))
        {
            yield return change;
        }

        NetworkInference fresh = new(run.Network, create(), run.Inference.Parameters);
        if (Largest(all, Settled(fresh, inputs)) is > 0 and var forgotten)
        {
            yield return $"another object of the rule settles {forgotten} away from the one that was trained; what "
                + "decides activity must be in the network's weights or the rule's parameters";
        }

        (Matrix<float>[] Activity, Matrix<float> Scores) first = Settled(
            run.Inference,
            inputs.SubMatrix(0, inputs.RowCount, 0, 1)
        );
        (Matrix<float>[], Matrix<float>) own = (
            [.. all.Activity.Select(layer => layer.SubMatrix(0, layer.RowCount, 0, 1))],
            all.Scores.SubMatrix(0, all.Scores.RowCount, 0, 1)
        );
        if (!(Largest(own, first) <= 1e-4))
        {
            yield return $"a sample settles {Largest(own, first)} away, as a share of the largest activity, from where "
                + "it settles among others; activity must be that of each sample by itself";
        }
    }

    /// <summary>
    /// Finds weights between the units of a layer, in the rule's parameters or its state, that decide what it proposes:
    /// such units act on each other, yet a probe would read the forward pass, in which they do not.
    /// </summary>
    private IEnumerable<string> HiddenInference()
    {
        ConformanceRun whole = Run().Train(Steps);
        int[] units = [.. whole.Network.Layers.Take(whole.Network.HiddenLayers).Select(layer => layer.Outputs)];
        foreach (ParameterDeclaration declared in whole.Inference.Parameters.Declarations)
        {
            if (!declared.IsReadout && declared.Rows == declared.Columns && units.Contains(declared.Rows))
            {
                ConformanceRun without = Run().Train(Steps);
                without.Inference.Parameters[declared.Name].Clear();
                if (Decides(whole, without))
                {
                    yield return Lateral($"parameter {declared.Name}", declared.Rows);
                }
            }
        }

        if (whole.State is { } state)
        {
            foreach (int unit in units.Distinct())
            {
                ConformanceRun without = Run().Train(Steps);
                System.Text.Json.Nodes.JsonNode tree = JsonSerializer.SerializeToNode(state, state.GetType(), Json)!;
                if (StateSearch.ClearSquares(tree, unit))
                {
                    without.State = tree.Deserialize(state.GetType(), Json);
                    if (Decides(whole, without))
                    {
                        yield return Lateral("an array of the state", unit);
                    }
                }
            }
        }
    }

    private static string Lateral(string what, int units) =>
        $"{what} holds {units} × {units} weights between the units of a layer, and the change of the layers depends on "
        + "them: the units act on each other, but probes would read f(Wx + b), without that; implement IInferringRule, "
        + "so that what is probed is what learned";

    /// <summary>Whether the next step of two runs differs.</summary>
    private static bool Decides(ConformanceRun one, ConformanceRun other)
    {
        one.Propose(one.Forward());
        other.Propose(other.Forward());
        return Enumerable
            .Range(0, one.Proposal.Layers)
            .Any(layer => FirstDifference(one.Proposal[layer], other.Proposal[layer]) is not null);
    }

    private static (Matrix<float>[] Activity, Matrix<float> Scores) Settled(
        NetworkInference inference,
        Matrix<float> inputs
    )
    {
        ForwardRecord record = inference.Network.CreateRecord(inputs.ColumnCount);
        inference.Settle(inputs, record);
        Matrix<float>[] activity = [.. record.Layers.Select(layer => layer.Output.Clone())];
        Matrix<float> scores = Matrix<float>.Build.Dense(inference.Network.Outputs, inputs.ColumnCount);
        inference.Score(inputs, record, scores);
        return (activity, scores);
    }

    /// <summary>The largest difference as a share of the largest value; infinite if a value is not finite.</summary>
    private static double Largest(
        (Matrix<float>[] Activity, Matrix<float> Scores) one,
        (Matrix<float>[] Activity, Matrix<float> Scores) other
    ) =>
        one
            .Activity.Append(one.Scores)
            .Zip(other.Activity.Append(other.Scores))
            .Select(pair =>
                pair.Second.Enumerate().All(float.IsFinite)
                    ? (pair.First - pair.Second).Enumerate().Select(Math.Abs).Max()
                        / Math.Max(1e-12, pair.First.Enumerate().Select(Math.Abs).Max())
                    : double.PositiveInfinity
            )
            .Max();

    private static IEnumerable<(string What, float[] Values)> AllProposed(ConformanceRun run)
    {
        for (int l = 0; l < run.Proposal.Layers; l++)
        {
            if (run.Proposal[l] is { } change)
            {
                yield return ($"the weights of layer {l + 1}", change.Weights.AsColumnMajorArray());
                if (change.ChangesBias)
                {
                    yield return ($"the biases of layer {l + 1}", change.Bias.AsArray());
                }
            }
        }

        foreach (ParameterDeclaration declared in run.Inference.Parameters.Declarations)
        {
            if (run.Proposal[declared.Name] is { } change)
            {
                yield return ($"parameter {declared.Name}", change.AsColumnMajorArray());
            }
        }
    }

    /// <summary>
    /// Checks whether the proposal for one layer changes when another layer is disturbed. The other layer gets new
    /// weights. If it lies above, the record comes from a new forward pass; if it lies below, its own values in the
    /// record are overwritten. The errors and targets that the rule sees stay the same. A further step with the old
    /// weights restored checks that the rule does not remember the disturbance either. Returns the first difference, or
    /// null if there is none.
    /// </summary>
    private string? Influence(int layer, int other)
    {
        ConformanceRun one = Run().Train(1),
            two = Run().Train(1);
        string what =
            $"layer {other + 1} disturbed changes the proposal of layer {layer + 1}, which the rule says "
            + $"it does not read there ({create().Locality})";
        LearningStep before = one.Forward(),
            after = two.Forward();
        DenseLayer disturbed = two.Network.Layers[other];
        float[] weights = (float[])disturbed.Weights.AsColumnMajorArray().Clone(),
            bias = (float[])disturbed.Bias.AsArray().Clone();
        disturbed.Draw(attribute.Initialization, new Numerics.RandomStreams(OtherSeed)["init"]);
        if (other > layer)
        {
            after = after with { Forward = two.Forward().Forward };
        }
        else
        {
            LayerRecord record = after.Forward.Layers[other];
            record.PreActivation.AsColumnMajorArray().AsSpan().Fill(7f);
            if (other > 0)
            {
                record.Input.AsColumnMajorArray().AsSpan().Fill(7f);
            }

            if (other < layer - 1)
            {
                record.Output.AsColumnMajorArray().AsSpan().Fill(7f);
            }
        }

        one.Propose(before);
        two.Propose(after);
        if (FirstDifference(one.Proposal[layer], two.Proposal[layer]) is { } seen)
        {
            return $"{what}: {seen}";
        }

        weights.CopyTo(disturbed.Weights.AsColumnMajorArray(), 0);
        bias.CopyTo(disturbed.Bias.AsArray(), 0);
        one.Propose(one.Forward());
        two.Propose(two.Forward());
        return FirstDifference(one.Proposal[layer], two.Proposal[layer]) is { } remembered
            ? $"{what}, a step later: {remembered}"
            : null;
    }

    private static string? FirstDifference(LayerProposal? one, LayerProposal? other)
    {
        if (one is null || other is null)
        {
            return one is null == other is null ? null
                : one is null ? "there was none"
                : "there is none";
        }

        if (one.ChangesBias != other.ChangesBias)
        {
            return one.ChangesBias ? "the biases no longer change" : "the biases change too";
        }

        return FirstDifference(one.Weights.AsColumnMajorArray(), other.Weights.AsColumnMajorArray()) is { } w
                ? $"entry {w} of the weights was {one.Weights.AsColumnMajorArray()[w]:R}, is "
                    + $"{other.Weights.AsColumnMajorArray()[w]:R}"
            : one.ChangesBias && FirstDifference(one.Bias.AsArray(), other.Bias.AsArray()) is { } b
                ? $"entry {b} of the biases was {one.Bias[b]:R}, is {other.Bias[b]:R}"
            : null;
    }

    private static IEnumerable<(string What, float[] Values)> Shown(LearningStep step)
    {
        for (int l = 0; l < step.Forward.Layers.Count; l++)
        {
            LayerRecord record = step.Forward.Layers[l];
            foreach (
                (string what, Matrix<float> matrix) in new[]
                {
                    ("the input", record.Input),
                    ("the normalised input", record.Normalized),
                    ("the pre-activation", record.PreActivation),
                    ("the output", record.Output),
                }
            )
            {
                yield return ($"{what} of layer {l + 1}", matrix.AsColumnMajorArray());
            }
        }

        if (step.Targets is not null)
        {
            yield return ("the targets", step.Targets.AsColumnMajorArray());
        }

        if (step.Errors is not null)
        {
            yield return ("the errors", step.Errors);
        }
    }

    private static string? FirstNotFinite(LayerProposal change)
    {
        float[] weights = change.Weights.AsColumnMajorArray();
        int at = Array.FindIndex(weights, value => !float.IsFinite(value));
        return at >= 0 ? $"{weights[at]} as entry {at} of the weights"
            : change.ChangesBias && change.Bias.AsArray().Any(value => !float.IsFinite(value))
                ? "a bias that is not finite"
            : null;
    }

    private static IEnumerable<string> Differences(string what, ConformanceRun one, ConformanceRun other) =>
        new Snapshot(one).Changes(what, other);

    private static int? FirstDifference(float[] one, float[] other)
    {
        for (int i = 0; i < one.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(one[i]) != BitConverter.SingleToInt32Bits(other[i]))
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>A copy of a network's weights and biases, and of its rule's own parameters.</summary>
    private sealed class Snapshot(ConformanceRun run)
    {
        private readonly (string What, float[] Values)[] parts =
        [
            .. Parts(run).Select(part => (part.What, (float[])part.Values.Clone())),
        ];

        /// <summary>Lists the first changed entry of each part.</summary>
        public IEnumerable<string> Changes(string what, ConformanceRun now) =>
            from pair in parts.Zip(Parts(now))
            let i = FirstDifference(pair.First.Values, pair.Second.Values)
            where i is not null
            select $"{what}: {pair.First.What}, entry {i}: {pair.First.Values[i.Value]:R} and "
                + $"{pair.Second.Values[i.Value]:R}";

        private static IEnumerable<(string What, float[] Values)> Parts(ConformanceRun run) =>
            run
                .Network.Layers.SelectMany(
                    (layer, l) =>
                        new[]
                        {
                            ($"weights of layer {l + 1}", layer.Weights.AsColumnMajorArray()),
                            ($"biases of layer {l + 1}", layer.Bias.AsArray()),
                        }
                )
                .Concat(
                    run.Inference.Parameters.Declarations.Select(declared =>
                        ($"parameter {declared.Name}", run.Inference.Parameters[declared.Name].AsColumnMajorArray())
                    )
                );
    }
}
