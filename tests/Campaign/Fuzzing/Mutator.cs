using System.Buffers.Binary;
using System.Text;

namespace Reproduction.Campaign.Fuzzing;

/// <summary>
/// Changes a file at a few places, as disks, networks and users do by accident and as an attacker does on purpose.
/// </summary>
/// <param name="words">Words that have a meaning for the reader.</param>
internal sealed class Mutator(Random random, IReadOnlyList<string> words)
{
    private const int MostChanges = 4;
    private static readonly byte[] Separators = [.. ",:{}[]\"\n "u8];
    private static readonly int[] Numbers =
    [
        0,
        1,
        -1,
        2,
        255,
        256,
        65_535,
        1 << 24,
        1 << 30,
        int.MaxValue,
        int.MinValue,
    ];

    public byte[] Mutate(byte[] content)
    {
        List<byte> bytes = [.. content];
        for (int i = random.Next(1, MostChanges + 1); i > 0; i--)
        {
            Change(bytes);
        }

        return [.. bytes];
    }

    private static (int Start, int Count) Word(List<byte> bytes, int at)
    {
        int start = at,
            end = at;
        while (start > 0 && !Separators.Contains(bytes[start - 1]))
        {
            start--;
        }

        while (end < bytes.Count && !Separators.Contains(bytes[end]))
        {
            end++;
        }

        return (start, end - start);
    }

    private void Change(List<byte> bytes)
    {
        int at = random.Next(bytes.Count + 1),
            length = Math.Min(random.Next(1, 1 << random.Next(1, 10)), bytes.Count - at);
        switch (random.Next(words.Count > 0 ? 14 : 7))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2 when bytes.Count >= 4:
                // Replaces a number in a header; most lie near the start and are aligned.
                byte[] number = new byte[4];
                int value = random.Next(3) == 0 ? random.Next() : Numbers[random.Next(Numbers.Length)],
                    place = random.Next(2) == 0
                        ? random.Next(Math.Min(bytes.Count / 4, 48)) * 4
                        : random.Next(bytes.Count - 3);
                if (random.Next(2) == 0)
                {
                    BinaryPrimitives.WriteInt32BigEndian(number, value);
                }
                else
                {
                    BinaryPrimitives.WriteInt32LittleEndian(number, value);
                }

                Replace(place, 4, number);
                break;
            case 3:
                Replace(at, bytes.Count - at, []);
                break;
            case 4:
                Replace(at, length, []);
                break;
            case 5:
                Replace(at, 0, bytes.GetRange(at, length));
                break;
            case 6:
                byte[] noise = new byte[random.Next(1, 64)];
                random.NextBytes(noise);
                Replace(at, 0, noise);
                break;
            default:
                // Inserts a word, mostly in place of one of the text's own: the text around it stays well-formed.
                (int start, int count) = random.Next(4) switch
                {
                    0 => (at, 0),
                    1 => (at, length),
                    _ => Word(bytes, at),
                };
                Replace(start, count, Encoding.UTF8.GetBytes(words.Count > 0 ? words[random.Next(words.Count)] : ""));
                break;
        }

        void Replace(int start, int count, IEnumerable<byte> by)
        {
            bytes.RemoveRange(start, count);
            bytes.InsertRange(start, by);
        }
    }
}
