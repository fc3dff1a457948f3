using System.Buffers.Binary;

namespace Reproduction.Data;

/// <summary>
/// Tells whether the file of a picture goes on to the end that its format demands: a decoder fills what is missing in
/// grey or black without a word.
/// </summary>
internal static class PictureEnd
{
    /// <summary>Whether a file is whole.</summary>
    /// <param name="format">The format's name, e.g. PNG; files of other formats are left to their decoder.</param>
    public static bool IsThere(string format, ReadOnlySpan<byte> file) =>
        format switch
        {
            "PNG" => EndsPng(file),
            "JPEG" => EndsJpeg(file),
            "GIF" => EndsGif(file),
            "BMP" => file.Length >= 6 && file.Length >= BinaryPrimitives.ReadUInt32LittleEndian(file[2..]),
            "Webp" => file.Length >= 8 && file.Length >= 8L + BinaryPrimitives.ReadUInt32LittleEndian(file[4..]),
            _ => true,
        };

    /// <summary>Walks from chunk to chunk (length, name, content, checksum) up to IEND.</summary>
    private static bool EndsPng(ReadOnlySpan<byte> file)
    {
        for (long at = 8; at + 12 <= file.Length; )
        {
            if (file.Slice((int)at + 4, 4).SequenceEqual("IEND"u8))
            {
                return true;
            }

            at += 12L + BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
        }

        return false;
    }

    /// <summary>Walks from marker to marker, over the segments that have a length and over compressed data.</summary>
    private static bool EndsJpeg(ReadOnlySpan<byte> file)
    {
        const byte end = 0xD9;
        for (int at = 2; at + 2 <= file.Length; )
        {
            byte marker = file[at + 1];
            if (file[at] != 0xFF || marker is 0 or 0xFF or (>= 0xD0 and <= 0xD7))
            {
                at++;
                continue;
            }

            if (marker == end)
            {
                return true;
            }

            if (at + 4 > file.Length)
            {
                return false;
            }

            // After the head of a scan come its data, in which no marker but those of restarts can stand.
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return false;
    }

    /// <summary>Walks from block to block up to the trailer.</summary>
    private static bool EndsGif(ReadOnlySpan<byte> file)
    {
        const byte extension = 0x21,
            image = 0x2C,
            trailer = 0x3B;
        if (file.Length < 13)
        {
            return false;
        }

        int at = 13 + TableLength(file[10]);
        while (at < file.Length)
        {
            switch (file[at])
            {
                case trailer:
                    return true;
                case extension:
                    at += 2;
                    break;
                case image when at + 10 < file.Length:
                    at += 11 + TableLength(file[at + 9]);
                    break;
                default:
                    return false;
            }

            // Sub-blocks, each with its length, up to one of length 0.
            while (at < file.Length && file[at] != 0)
            {
                at += file[at] + 1;
            }

            at++;
        }

        return false;
    }

    /// <summary>The length of a colour table, from the byte that says whether there is one.</summary>
    private static int TableLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
}
