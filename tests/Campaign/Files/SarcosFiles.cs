using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Reproduction.Campaign.Files;

/// <summary>Makes small tables in the formats of SARCOS's files: CSV, and MATLAB files of level 5.</summary>
internal static class SarcosFiles
{
    /// <summary>The names of the columns: x1 to x21, t1 to t7.</summary>
    public static IReadOnlyList<string> ColumnNames { get; } =
    [.. Enumerable.Range(1, 21).Select(i => $"x{i}"), .. Enumerable.Range(1, 7).Select(i => $"t{i}")];

    /// <summary>Draws rows of random numbers with six decimals.</summary>
    public static double[][] Rows(int count, int seed)
    {
        Random random = new(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => ColumnNames.Select(_ => Math.Round(random.NextDouble(), 6)).ToArray()),
        ];
    }

    public static string Csv(double[][] rows) =>
        string.Concat(
            rows.Select(row => string.Join(',', row.Select(value => value.ToString(CultureInfo.InvariantCulture))))
                .Prepend(string.Join(',', ColumnNames))
                .Select(line => $"{line}\n")
        );

    /// <summary>Makes a file with one matrix of doubles.</summary>
    public static byte[] Matlab(double[][] rows, bool compress)
    {
        byte[] values = new byte[rows.Length * ColumnNames.Count * sizeof(double)];
        for (int c = 0; c < ColumnNames.Count; c++)
        {
            for (int r = 0; r < rows.Length; r++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(
                    values.AsSpan(((c * rows.Length) + r) * sizeof(double)),
                    rows[r][c]
                );
            }
        }

        byte[] matrix = Matrix(rows.Length, Element(9, values));
        return compress ? Compressed(Header(), matrix) : [.. Header(), .. matrix];
    }

    /// <summary>Makes a file with one compressed element.</summary>
    public static byte[] Compressed(byte[] header, byte[] element)
    {
        using MemoryStream deflated = new();
        using (ZLibStream stream = new(deflated, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(element);
        }

        return [.. header, .. Tag(15, deflated.ToArray())];
    }

    public static byte[] Header()
    {
        byte[] header = new byte[128];
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file").CopyTo(header, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(124), 0x0100);
        (header[126], header[127]) = ((byte)'I', (byte)'M');
        return header;
    }

    /// <summary>Makes a matrix element with all columns.</summary>
    /// <param name="values">The element that holds the matrix's numbers, column by column.</param>
    public static byte[] Matrix(int rows, byte[] values) =>
        Element(
            14,
            [
                .. Element(6, [6, 0, 0, 0, 0, 0, 0, 0]),
                .. Element(5, [.. BitConverter.GetBytes(rows), .. BitConverter.GetBytes(ColumnNames.Count)]),
                .. Element(1, Encoding.ASCII.GetBytes("sarcos_inv")),
                .. values,
            ]
        );

    public static byte[] Element(int type, byte[] content) =>
        [.. Tag(type, content), .. new byte[(8 - (content.Length % 8)) % 8]];

    private static byte[] Tag(int type, byte[] content) =>
        [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(content.Length), .. content];
}
