using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MathNet.Numerics.Random;

namespace Reproduction.Numerics;

/// <summary>
/// A random source whose whole sequence is fixed by a seed and a name: xoshiro256** (Blackman and Vigna 2018), its state drawn from
/// SHA-256 of both. Math.NET's distributions and permutations take it as any other source.
/// </summary>
public sealed class RandomStream : RandomSource
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    private RandomStream(ReadOnlySpan<byte> state)
        : base(threadSafe: false)
    {
        s0 = BinaryPrimitives.ReadUInt64LittleEndian(state);
        s1 = BinaryPrimitives.ReadUInt64LittleEndian(state[8..]);
        s2 = BinaryPrimitives.ReadUInt64LittleEndian(state[16..]);
        s3 = BinaryPrimitives.ReadUInt64LittleEndian(state[24..]);
    }

    /// <summary>The stream of <paramref name="name"/> under <paramref name="seed"/>, at its beginning.</summary>
    public static RandomStream Create(long seed, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        byte[] key = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(name)];
        BinaryPrimitives.WriteInt64LittleEndian(key, seed);
        Encoding.UTF8.GetBytes(name, key.AsSpan(sizeof(long)));
        return new RandomStream(SHA256.HashData(key));
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Sets each value to <paramref name="scale"/> with probability <paramref name="probability"/>, else to 0.</summary>
    /// <param name="values">Overwritten.</param>
    /// <param name="probability">In [0, 1]; resolved to 2⁻³².</param>
    /// <param name="scale">The value of a success.</param>
    public void FillBernoulli(Span<float> values, double probability, float scale)
    {
        long threshold = (long)(probability * 4294967296.0);
        int success = BitConverter.SingleToInt32Bits(scale), i = 0;
        Span<int> bitsOf = MemoryMarshal.Cast<float, int>(values);

        // No branch on a random bit: the sign of (bits − threshold), spread over a word, selects the scale's bits or none.
        for (; i + 1 < bitsOf.Length; i += 2)
        {
            ulong bits = NextBits();
            bitsOf[i] = (int)(((uint)bits - threshold) >> 63) & success;
            bitsOf[i + 1] = (int)(((long)(bits >> 32) - threshold) >> 63) & success;
        }

        if (i < bitsOf.Length)
        {
            bitsOf[i] = (int)(((uint)NextBits() - threshold) >> 63) & success;
        }
    }

    /// <inheritdoc/>
    protected override double DoSample() => (NextBits() >> 11) * (1.0 / (1UL << 53));
}
