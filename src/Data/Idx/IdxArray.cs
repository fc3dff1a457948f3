namespace Reproduction.Data;

/// <summary>
/// An array of bytes as stored in an IDX file (the format of the MNIST files), last dimension fastest.
/// </summary>
/// <param name="Dimensions">The sizes of the dimensions, e.g. images, rows, columns.</param>
/// <param name="Values">The values, as many as the product of the dimensions.</param>
/// <param name="Sha256">SHA-256 of the whole uncompressed file, header included, in lower-case hexadecimal
/// digits.</param>
public sealed record IdxArray(IReadOnlyList<int> Dimensions, byte[] Values, string Sha256)
{
    private const int ByteType = 0x08;

    /// <summary>Reads a file, gzip-compressed or not.</summary>
    /// <param name="path">The file; its content decides whether it is compressed.</param>
    /// <param name="dimensions">The number of dimensions that the file must have.</param>
    /// <exception cref="DataSetException">The file is missing, unreadable, truncated or too long, or it is not an IDX
    /// file of bytes with that many dimensions.</exception>
    public static IdxArray Read(string path, int dimensions)
    {
        byte[] content = DataFile.Read(path);
        int header = 4 + (4 * dimensions);
        if (
            content.Length < header
            || content[0] != 0
            || content[1] != 0
            || content[2] != ByteType
            || content[3] != dimensions
        )
        {
            throw new DataSetException(
                $"{path}: not an IDX file of bytes with {dimensions} "
                    + $"dimension{(dimensions == 1 ? "" : "s")}; replace it with the original"
            );
        }

        int[] sizes = new int[dimensions];
        long expected = 1;
        for (int d = 0; d < dimensions; d++)
        {
            uint size = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(4 + (4 * d)));
            sizes[d] = (int)Math.Min(size, int.MaxValue);
            expected = Math.Min(expected * sizes[d], DataFile.LargestSize);
        }

        if (content.Length - header != expected)
        {
            throw new DataSetException(
                $"{path}: holds {content.Length - header} values where its header promises "
                    + $"{string.Join("×", sizes)}; it is truncated or damaged, replace it with the original"
            );
        }

        return new IdxArray(
            sizes,
            content[header..],
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))
        );
    }
}
