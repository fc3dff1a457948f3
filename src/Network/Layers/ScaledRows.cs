using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>
/// A matrix whose rows may still have to be multiplied by factors: W = diag(f)·S, with S as it is stored. Where the
/// factors of many rows change at every step, multiplying them while W is read saves a pass over memory.
/// </summary>
/// <param name="stored">S, rows × columns.</param>
internal sealed class ScaledRows(Matrix<float> stored)
{
    private readonly Lock settling = new();
    private volatile bool isWaiting;

    /// <summary>S, for those who know the factors.</summary>
    public Matrix<float> Stored { get; } = stored;

    /// <summary>f, one value per row; 1 for a row that is stored as it is. Empty before it is first needed.</summary>
    public float[] Factors { get; private set; } = [];

    /// <summary>How often the factors have been multiplied into S.</summary>
    public int Settlements { get; private set; }

    /// <summary>W. The factors are multiplied into S first.</summary>
    public Matrix<float> Values
    {
        get
        {
            Settle();
            return Stored;
        }
    }

    /// <summary>Makes room for factors, all of them 1.</summary>
    public void Prepare()
    {
        if (Factors.Length == 0)
        {
            Factors = new float[Stored.RowCount];
            Array.Fill(Factors, 1f);
        }
    }

    /// <summary>Says whether any factor differs from 1.</summary>
    public void Wait(bool isWaiting) => this.isWaiting = isWaiting;

    /// <summary>result ← W·right.</summary>
    public void Multiply(Matrix<float> right, Matrix<float> result)
    {
        if (isWaiting)
        {
            ScaledProduct.Multiply(Factors, Stored, right, result);
        }
        else
        {
            Stored.Multiply(right, result);
        }
    }

    /// <summary>Multiplies the factors into S. Several threads may ask for it at once.</summary>
    public void Settle()
    {
        if (!isWaiting)
        {
            return;
        }

        lock (settling)
        {
            if (isWaiting)
            {
                Rows.Scale(Stored, Factors);
                Array.Fill(Factors, 1f);
                Settlements++;
                isWaiting = false;
            }
        }
    }
}
