using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>Walks a network over many samples in chunks, without training.</summary>
internal static class NetworkPass
{
    private const int ChunkSize = 1000;

    /// <summary>
    /// Calls <paramref name="body"/> with (record, inputs, index of the first sample) for each chunk, in order.
    /// </summary>
    public static void ForChunks(
        FeedForwardNetwork network,
        Examples examples,
        Action<ForwardRecord, Matrix<float>, int> body
    )
    {
        ForwardRecord? record = null;
        Matrix<float>? inputs = null;
        for (int start = 0; start < examples.Count; start += ChunkSize)
        {
            int[] indices = [.. Enumerable.Range(start, Math.Min(ChunkSize, examples.Count - start))];
            if (record is null || inputs is null || record.Samples != indices.Length)
            {
                record = network.CreateRecord(indices.Length);
                inputs = Matrix<float>.Build.Dense(network.Inputs, indices.Length);
            }

            examples.Gather(indices, inputs);
            body(record, inputs, start);
        }
    }
}
