using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Reproduction.Data;

/// <summary>
/// A real matrix as stored in a MATLAB file (level 5, "MAT-File Format" by The MathWorks), compressed or not.
/// </summary>
/// <param name="Name">The name of the variable.</param>
/// <param name="Rows">The values, row by row.</param>
internal sealed record MatlabMatrix(string Name, double[][] Rows)
{
    private const int HeaderSize = 128;
    private const int MatrixElement = 14;
    private const int CompressedElement = 15;
    private const int SmallestNumericClass = 6;
    private const int LargestNumericClass = 13;
    private const int ComplexFlag = 0x800;

    /// <summary>Reads the first real matrix with that many columns.</summary>
    /// <exception cref="DataSetException">The file has no such matrix, is not of level 5, or is damaged.</exception>
    public static MatlabMatrix Read(string path, int columns)
    {
        byte[] file = DataFile.Read(path);
        if (
            file.Length < HeaderSize
            || BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(124)) != 0x0100
            || file[126] != 'I'
            || file[127] != 'M'
        )
        {
            throw new DataSetException(
                $"{path}: not a MATLAB file of level 5 in little-endian order; replace it with the original"
            );
        }

        try
        {
            for (ReadOnlyMemory<byte> rest = file.AsMemory(HeaderSize); rest.Length > 0; )
            {
                if (ReadMatrix(Next(ref rest), columns) is { } matrix)
                {
                    return matrix;
                }
            }
        }
        catch (Exception exception)
            when (exception is ArgumentOutOfRangeException or InvalidDataException or OverflowException)
        {
            throw new DataSetException($"{path}: damaged or truncated; replace it with the original", exception);
        }

        throw new DataSetException($"{path}: holds no real matrix of {columns} columns; replace it with the original");
    }

    private static MatlabMatrix? ReadMatrix(Element element, int columns)
    {
        if (element.Type == CompressedElement)
        {
            ReadOnlyMemory<byte> inflated = Inflate(element.Content);
            element = Next(ref inflated);
        }

        if (element.Type != MatrixElement)
        {
            return null;
        }

        ReadOnlyMemory<byte> parts = element.Content;
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(Next(ref parts).Content.Span);
        ReadOnlySpan<byte> sizes = Next(ref parts).Content.Span;
        string name = Encoding.ASCII.GetString(Next(ref parts).Content.Span);
        if (
            (flags & 0xFF) is < SmallestNumericClass or > LargestNumericClass
            || (flags & ComplexFlag) != 0
            || sizes.Length != 2 * sizeof(int)
            || BinaryPrimitives.ReadInt32LittleEndian(sizes[sizeof(int)..]) != columns
        )
        {
            return null;
        }

        // Values are stored column by column. Their number is taken from the element itself, not from a header.
        int rows = BinaryPrimitives.ReadInt32LittleEndian(sizes);
        double[] values = Next(ref parts).Numbers();
        return rows >= 0 && (long)rows * columns == values.Length
            ? new MatlabMatrix(
                name,
                [
                    .. Enumerable
                        .Range(0, rows)
                        .Select(r => Enumerable.Range(0, columns).Select(c => values[(c * rows) + r]).ToArray()),
                ]
            )
            : throw new InvalidDataException();
    }

    private static byte[] Inflate(ReadOnlyMemory<byte> content)
    {
        using ZLibStream source = new(new MemoryStream(content.ToArray()), CompressionMode.Decompress);
        using MemoryStream target = new();
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = source.Read(buffer)) > 0; )
        {
            target.Write(buffer, 0, read);
            if (target.Length > DataFile.LargestSize)
            {
                throw new InvalidDataException();
            }
        }

        return target.ToArray();
    }

    /// <summary>
    /// Reads the next element and advances past it: a tag with type and size, then the content, padded to eight bytes.
    /// Content of up to four bytes may share the tag.
    /// </summary>
    private static Element Next(ref ReadOnlyMemory<byte> rest)
    {
        uint tag = BinaryPrimitives.ReadUInt32LittleEndian(rest.Span);
        if (tag >> 16 is var small and > 0)
        {
            Element packed = new((int)(tag & 0xFFFF), rest.Slice(4, checked((int)small)));
            rest = rest[8..];
            return packed;
        }

        int size = checked((int)BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[4..]));
        Element element = new((int)tag, rest.Slice(8, size));

        // Compressed elements are not padded, and the last one's padding may be missing.
        int padded = tag == CompressedElement ? size : checked(size + 7) / 8 * 8;
        rest = rest[Math.Min(8 + padded, rest.Length)..];
        return element;
    }

    private readonly record struct Element(int Type, ReadOnlyMemory<byte> Content)
    {
        /// <summary>Returns the content as numbers; MATLAB stores numbers in fewer bytes if they fit.</summary>
        public double[] Numbers()
        {
            ReadOnlySpan<byte> bytes = Content.Span;
            int size = Type switch
            {
                1 or 2 => 1,
                3 or 4 => 2,
                5 or 6 or 7 => 4,
                9 => 8,
                _ => throw new InvalidDataException(),
            };
            double[] numbers = new double[bytes.Length / size];
            for (int i = 0; i < numbers.Length; i++)
            {
                ReadOnlySpan<byte> value = bytes[(i * size)..];
                numbers[i] = Type switch
                {
                    1 => (sbyte)value[0],
                    2 => value[0],
                    3 => BinaryPrimitives.ReadInt16LittleEndian(value),
                    4 => BinaryPrimitives.ReadUInt16LittleEndian(value),
                    5 => BinaryPrimitives.ReadInt32LittleEndian(value),
                    6 => BinaryPrimitives.ReadUInt32LittleEndian(value),
                    7 => BinaryPrimitives.ReadSingleLittleEndian(value),
                    _ => BinaryPrimitives.ReadDoubleLittleEndian(value),
                };
            }

            return numbers;
        }
    }
}
