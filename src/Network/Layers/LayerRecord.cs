using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>What one layer did to one batch. All matrices have a column a sample.</summary>
public sealed class LayerRecord
{
    private readonly int inputs;
    private Matrix<float>? mask;
    private Matrix<float>? dropped;
    private Matrix<float>? normalized;
    private Matrix<float>? scratch;
    private Matrix<float>? secondScratch;
    private double[]? inverseDeviation;
    private float[]? unitScratch;
    private float[]? secondUnitScratch;

    internal LayerRecord(DenseLayer layer, int samples)
    {
        inputs = layer.Inputs;
        PreActivation = Matrix<float>.Build.Dense(layer.Outputs, samples);
        Output = Matrix<float>.Build.Dense(layer.Outputs, samples);
        Input = Normalized = Matrix<float>.Build.Dense(1, 1);
    }

    /// <summary>d(x): what came in, after dropout; inputs × samples.</summary>
    public Matrix<float> Input { get; internal set; }

    /// <summary>
    /// n(d(x)), the factor of W: what a rule of the form ΔW ∝ post·preᵀ takes for "pre"; inputs × samples.
    /// </summary>
    public Matrix<float> Normalized { get; internal set; }

    /// <summary>u = W·n(d(x)) + b, outputs × samples.</summary>
    public Matrix<float> PreActivation { get; }

    /// <summary>y = f(u), outputs × samples.</summary>
    public Matrix<float> Output { get; }

    /// <summary>Whether this pass dropped inputs; <see cref="DropoutMask"/> then says which.</summary>
    public bool HasDropout { get; internal set; }

    /// <summary>0 where an input was dropped, else 1/(1 − p); inputs × samples.</summary>
    public Matrix<float> DropoutMask => mask ??= OfInput();

    /// <summary>
    /// Room for a rule's own use within one proposal; what it holds before is undefined. Outputs × samples.
    /// </summary>
    public Matrix<float> Scratch => scratch ??= Matrix<float>.Build.Dense(Output.RowCount, Output.ColumnCount);

    /// <summary>More of <see cref="Scratch"/>.</summary>
    public Matrix<float> SecondScratch =>
        secondScratch ??= Matrix<float>.Build.Dense(Output.RowCount, Output.ColumnCount);

    /// <summary>Room as <see cref="Scratch"/>, one value a unit.</summary>
    public float[] UnitScratch => unitScratch ??= new float[Output.RowCount];

    /// <summary>More of <see cref="UnitScratch"/>.</summary>
    public float[] SecondUnitScratch => secondUnitScratch ??= new float[Output.RowCount];

    /// <summary>Whether the pass was one of training: batch normalisation then used the batch's own moments.</summary>
    internal bool IsTraining { get; set; }

    /// <summary>Of each input unit under batch normalisation.</summary>
    internal double[] InverseDeviation => inverseDeviation ??= new double[inputs];

    internal Matrix<float> Dropped => dropped ??= OfInput();

    internal Matrix<float> NormalizedBuffer => normalized ??= OfInput();

    private Matrix<float> OfInput() => Matrix<float>.Build.Dense(inputs, Output.ColumnCount);
}
