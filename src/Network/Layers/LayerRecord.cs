using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>The record of one layer's forward pass on one batch. Every matrix has one column per sample.</summary>
public sealed class LayerRecord
{
    private readonly int inputs;
    private readonly Dictionary<string, Matrix<float>> matrices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Array> arrays = new(StringComparer.Ordinal);
    private Matrix<float>? mask;
    private Matrix<float>? dropped;
    private Matrix<float>? normalized;
    private double[]? inverseDeviation;

    internal LayerRecord(DenseLayer layer, int samples)
    {
        inputs = layer.Inputs;
        PreActivation = Matrix<float>.Build.Dense(layer.Outputs, samples);
        Output = Matrix<float>.Build.Dense(layer.Outputs, samples);
        Input = Normalized = Matrix<float>.Build.Dense(1, 1);
    }

    /// <summary>d(x), the layer's input after dropout; inputs × samples.</summary>
    public Matrix<float> Input { get; internal set; }

    /// <summary>
    /// n(d(x)), the input that W multiplies; inputs × samples. It is "pre" in a rule of the form ΔW ∝ post·preᵀ.
    /// </summary>
    public Matrix<float> Normalized { get; internal set; }

    /// <summary>u = W·n(d(x)) + b, outputs × samples.</summary>
    public Matrix<float> PreActivation { get; }

    /// <summary>y = f(u), outputs × samples.</summary>
    public Matrix<float> Output { get; }

    /// <summary>Whether this pass dropped inputs; <see cref="DropoutMask"/> then says which.</summary>
    public bool HasDropout { get; internal set; }

    /// <summary>The dropout mask, inputs × samples: 0 where an input was dropped, else 1/(1 − p).</summary>
    public Matrix<float> DropoutMask => mask ??= OfInput();

    /// <summary>
    /// The number of columns, over which a rule averages its change of this layer. In a dense layer a column is a
    /// sample.
    /// </summary>
    public int Columns => Output.ColumnCount;

    /// <summary>
    /// A matrix for the caller's own use within one proposal, outputs × samples. The first request for a name creates
    /// the matrix, filled with NaN. Later requests return the same matrix, whose content is then undefined.
    /// </summary>
    public Matrix<float> Scratch(string name) => Scratch(name, Output.RowCount);

    /// <summary>
    /// A matrix of any number of rows for the caller's own use within one proposal, rows × columns. The first request
    /// for a name creates it, filled with NaN; later ones return it, whatever number of rows they name.
    /// </summary>
    /// <param name="rows">Number of rows, ≥ 1.</param>
    public Matrix<float> Scratch(string name, int rows)
    {
        if (!matrices.TryGetValue(name, out Matrix<float>? matrix))
        {
            matrices[name] = matrix = Matrix<float>.Build.Dense(rows, Output.ColumnCount, float.NaN);
        }

        return matrix;
    }

    /// <summary>
    /// An array for the caller's own use within one proposal, one value per unit. It is kept under its name, like the
    /// matrices of <see cref="Scratch(string)"/>. Floating-point values in a new array are NaN.
    /// </summary>
    public T[] UnitScratch<T>(string name)
        where T : unmanaged
    {
        if (!arrays.TryGetValue(name, out Array? array))
        {
            arrays[name] = array = new T[Output.RowCount];
            if (array is float[] numbers)
            {
                Array.Fill(numbers, float.NaN);
            }
        }

        return (T[])array;
    }

    /// <summary>Whether this was a training pass, in which batch normalisation uses the batch's own moments.</summary>
    internal bool IsTraining { get; set; }

    /// <summary>1/√(var + ε) of batch normalisation, one value per input.</summary>
    internal double[] InverseDeviation => inverseDeviation ??= new double[inputs];

    internal Matrix<float> Dropped => dropped ??= OfInput();

    internal Matrix<float> NormalizedBuffer => normalized ??= OfInput();

    private Matrix<float> OfInput() => Matrix<float>.Build.Dense(inputs, Output.ColumnCount);
}
