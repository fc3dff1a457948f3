using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Reproduction.Data;

/// <summary>
/// A real matrix as a MATLAB file holds it (level 5, "MAT-File Format" by The MathWorks), compressed or not.
/// </summary>
/// <param name="Name">Of the variable.</param>
/// <param name="Rows">Row by row.</param>
internal sealed record MatlabMatrix(string Name, double[][] Rows)
{
    private const int HeaderSize = 128;
    private const int MatrixElement = 14;
    private const int CompressedElement = 15;
    private const int SmallestNumericClass = 6;
    private const int LargestNumericClass = 13;
    private const int ComplexFlag = 0x800;

    /// <summary>The file's first real matrix of that many columns.</summary>
    /// <exception cref="DataSetException">There is none, or the file is none of level 5 or damaged.</exception>
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

        // Values are stored column by column; how many there are is what the element holds, not what a header says.
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
    /// Takes the next element off: a tag of type and size, then content, padded to eight bytes; up to four bytes may
    /// share the tag.
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
        /// <summary>The content as numbers; MATLAB stores what fits in fewer bytes so.</summary>
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
