using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>
/// Applies proposed changes to one parameter array. Each array needs an optimizer of its own, because the optimizer may
/// hold moments.
/// </summary>
/// <param name="learningRate">η ≥ 0.</param>
public abstract class Optimizer(double learningRate)
{
    private float[] gathered = [];

    /// <summary>η, the learning rate of the next step.</summary>
    public double LearningRate { get; set; } = learningRate;

    /// <summary>
    /// Changes <paramref name="parameters"/> along <paramref name="direction"/>, the proposed change per unit of
    /// learning rate.
    /// </summary>
    public void Step(float[] parameters, float[] direction)
    {
        Begin(parameters.Length);
        ComputeThreads.ForRanges(
            parameters.Length,
            1024,
            parameters.Length >= ComputeThreads.LeastValues,
            (optimizer: this, parameters, direction),
            static (work, start, end) =>
                work.optimizer.Move(
                    work.parameters.AsSpan(start, end - start),
                    work.direction.AsSpan(start, end - start),
                    start
                )
        );
    }

    /// <summary>
    /// Whether a parameter whose direction is 0 stays as it is, whatever its directions were before.
    /// </summary>
    public virtual bool LeavesIdle => false;

    /// <summary>Changes some rows of a matrix; for optimizers that leave the others alone.</summary>
    /// <param name="parameters">Rows × columns.</param>
    /// <param name="direction">At least as many rows as are named, × columns: the r-th is that of the r-th named
    /// row.</param>
    /// <param name="rows">The indices of the rows.</param>
    internal void StepRows(Matrix<float> parameters, Matrix<float> direction, ReadOnlySpan<int> rows)
    {
        if (gathered.Length < rows.Length)
        {
            gathered = new float[rows.Length];
        }

        float[] values = parameters.AsColumnMajorArray(),
            changes = direction.AsColumnMajorArray();
        Span<float> some = gathered.AsSpan(0, rows.Length);
        Begin(values.Length);
        for (int column = 0; column < parameters.ColumnCount; column++)
        {
            int first = column * parameters.RowCount;
            for (int r = 0; r < rows.Length; r++)
            {
                some[r] = values[first + rows[r]];
            }

            Move(some, changes.AsSpan(column * direction.RowCount, rows.Length), first);
            for (int r = 0; r < rows.Length; r++)
            {
                values[first + rows[r]] = some[r];
            }
        }
    }

    /// <summary>Begins a step: computes what all parameters share.</summary>
    /// <param name="parameters">The number of parameters, which must be the same in every step.</param>
    public abstract void Begin(int parameters);

    /// <summary>
    /// Takes the step for one part of the parameters. Every parameter must be changed exactly once per step. Parts may
    /// be changed concurrently.
    /// </summary>
    /// <param name="parameters">The part of the parameters to change.</param>
    /// <param name="direction">The proposed change of that part, per unit of learning rate.</param>
    /// <param name="offset">The index of the part's first value among all parameters.</param>
    public abstract void Move(Span<float> parameters, ReadOnlySpan<float> direction, int offset);
}
