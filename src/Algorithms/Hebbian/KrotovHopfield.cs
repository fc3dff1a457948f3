using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// Krotov and Hopfield (2019). For each sample, the neuron with the largest drive learns and the one with the k-th
/// largest unlearns. The rule pulls rows towards norm 1 in the p-norm. In a layer with fewer than k neurons, no neuron
/// unlearns.
/// </summary>
[LearningRule(
    "krotov-hopfield",
    Summary = "the neuron with the largest drive learns, the k-th unlearns; rows are pulled to norm 1",
    Family = "competitive Hebbian",
    Source = "Krotov and Hopfield 2019, equations 3 and 10, and their notebook",
    LearningRate = 0.02,
    Batch = 100
)]
public sealed class KrotovHopfield(KrotovHopfieldOptions options) : LayerwiseRule
{
    // The value in the authors' notebook. A step whose largest entry is smaller is divided by this value instead.
    private const float SmallestScale = 1e-30f;

    /// <inheritdoc/>
    protected override void Propose(DenseLayer layer, LayerRecord record, LayerProposal change)
    {
        // I_o = Σ_i |W_oi|^(p−1) sign(W_oi) x_i
        Matrix<float> drive = record.Scratch("drive");
        Powers(layer.Weights, change).Multiply(record.Normalized, drive);

        // g_o = 1 for the largest I, −Δ for the k-th largest, else 0; ΔW_oi = mean_B( g_o (x_i − I_o W_oi) )
        Matrix<float> competition = Compete(record, drive);
        competition.Multiply(1f / record.Columns, competition);
        DecayingStep.Write(layer, record, competition, drive, change);
        if (options.ScaleStep)
        {
            // ΔW ← ΔW/max|ΔW|
            change.Scale(1f / MathF.Max(change.LargestMagnitude(), SmallestScale));
        }
    }

    /// <summary>Computes |W|^(p−1) sign(W), entry by entry. For the Euclidean norm this is W itself.</summary>
    /// <param name="change">Its buffer is used unless the norm is Euclidean.</param>
    private Matrix<float> Powers(Matrix<float> weights, LayerProposal change)
    {
        if (options.Norm == 2)
        {
            return weights;
        }

        Matrix<float> room = change.Weights;
        float[] w = weights.AsColumnMajorArray(),
            powers = room.AsColumnMajorArray();
        for (int i = 0; i < w.Length; i++)
        {
            powers[i] = MathF.CopySign(MathF.Pow(MathF.Abs(w[i]), (float)options.Norm - 1), w[i]);
        }

        return room;
    }

    /// <summary>Computes g for every neuron and sample from the drives I, units × samples.</summary>
    private Matrix<float> Compete(LayerRecord record, Matrix<float> drives)
    {
        Matrix<float> competition = record.Scratch("competition");
        float[] drive = drives.AsColumnMajorArray(),
            g = competition.AsColumnMajorArray(),
            sorted = record.UnitScratch<float>("sorted");
        int[] order = record.UnitScratch<int>("order");
        int units = sorted.Length;
        Array.Clear(g);
        for (int start = 0; start < g.Length; start += units)
        {
            for (int o = 0; o < units; o++)
            {
                (order[o], sorted[o]) = (o, drive[start + o]);
            }

            Array.Sort(sorted, order);
            g[start + order[^1]] = 1f;
            if (options.Rank <= units)
            {
                g[start + order[^options.Rank]] = -(float)options.AntiHebbian;
            }
        }

        return competition;
    }
}

/// <summary>Options of <see cref="KrotovHopfield"/>.</summary>
public sealed record KrotovHopfieldOptions
{
    [RuleOption("p of the norm that rows are pulled to; 2 is the Euclidean norm", Minimum = 1)]
    public double Norm { get; init; } = 2;

    [RuleOption("k: the neuron that unlearns is the one with the k-th largest drive", Minimum = 2)]
    public int Rank { get; init; } = 2;

    [RuleOption("Δ: how strongly the k-th neuron unlearns", Minimum = 0)]
    public double AntiHebbian { get; init; } = 0.4;

    [RuleOption("whether a step is divided by its largest entry, as the authors' notebook does")]
    public bool ScaleStep { get; init; } = true;
}
