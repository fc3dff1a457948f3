using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Reproduction.Figures;

/// <summary>Writes 8-bit PNG images, which an SVG embeds as tiles.</summary>
internal static class Png
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <param name="pixels">Height·width·channels bytes, row by row, the channels of a pixel together.</param>
    public static byte[] Write(int height, int width, int channels, ReadOnlySpan<byte> pixels)
    {
        using MemoryStream file = new();
        file.Write(Signature);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);

        // 8 bits per channel, grey or colour. The zeros after it mean deflate, no filter, not interlaced.
        header[8] = 8;
        header[9] = (byte)(channels == 1 ? 0 : 2);
        WriteChunk(file, "IHDR", header);
        using MemoryStream data = new();
        using (ZLibStream compressed = new(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int row = 0; row < height; row++)
            {
                compressed.WriteByte(0); // this row is not filtered
                compressed.Write(pixels.Slice(row * width * channels, width * channels));
            }
        }

        WriteChunk(file, "IDAT", data.ToArray());
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, ReadOnlySpan<byte> content)
    {
        byte[] chunk = new byte[4 + content.Length];
        Encoding.ASCII.GetBytes(type, chunk);
        content.CopyTo(chunk.AsSpan(4));
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(chunk));
        file.Write(number);
    }

    /// <summary>Computes the checksum of a PNG chunk (ISO 3309), bit by bit because tiles are small.</summary>
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
            }
        }

        return ~crc;
    }
}
