using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Reproduction.Numerics;

/// <summary>
/// A random source whose whole sequence is determined by a seed and a name. It is xoshiro256** (Blackman and Vigna
/// 2018), with its state taken from SHA-256 of both. Math.NET's distributions and permutations accept it like any other
/// source.
/// </summary>
public sealed class RandomStream : RandomSource
{
    private readonly byte[] integer = new byte[sizeof(uint)];
    private readonly double[] normals = new double[256];
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

    /// <summary>
    /// Creates the stream of <paramref name="name"/> under <paramref name="seed"/>, at its beginning.
    /// </summary>
    public static RandomStream Create(long seed, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        byte[] key = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(name)];
        BinaryPrimitives.WriteInt64LittleEndian(key, seed);
        Encoding.UTF8.GetBytes(name, key.AsSpan(sizeof(long)));
        return new RandomStream(SHA256.HashData(key));
    }

    /// <summary>Returns the next 64 random bits.</summary>
    public ulong NextBits() => Next(ref s0, ref s1, ref s2, ref s3);

    /// <summary>
    /// Sets each value to <paramref name="scale"/> with probability <paramref name="probability"/>, else to 0.
    /// </summary>
    /// <param name="values">Overwritten.</param>
    /// <param name="probability">In [0, 1]; resolved to 2⁻³².</param>
    /// <param name="scale">The value of a success.</param>
    public void FillBernoulli(Span<float> values, double probability, float scale)
    {
        ulong threshold = (ulong)(probability * 4294967296.0);
        Span<ulong> words = stackalloc ulong[256];
        Span<uint> halves = MemoryMarshal.Cast<ulong, uint>(words);
        for (; values.Length > 0; values = values[Math.Min(halves.Length, values.Length)..])
        {
            int count = Math.Min(halves.Length, values.Length),
                i = 0;
            FillBits(words[..((count + 1) / 2)]);
            if (threshold <= uint.MaxValue)
            {
                Vector<uint> thresholds = new((uint)threshold);
                Vector<float> successes = new(scale);
                for (; i <= count - Vector<uint>.Count; i += Vector<uint>.Count)
                {
                    Vector<int> isSuccess = Vector.AsVectorInt32(
                        Vector.LessThan(new Vector<uint>(halves[i..]), thresholds)
                    );
                    Vector.ConditionalSelect(isSuccess, successes, Vector<float>.Zero).CopyTo(values[i..]);
                }
            }

            for (; i < count; i++)
            {
                values[i] = halves[i] < threshold ? scale : 0f;
            }
        }
    }

    /// <summary>
    /// Sets each value to a draw from N(0, deviation²). Draws come in blocks, of which the rest is left.
    /// </summary>
    /// <param name="values">Overwritten.</param>
    /// <param name="deviation">At least 0.</param>
    public void FillNormal(Span<float> values, double deviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deviation);
        for (; values.Length > 0; values = values[Math.Min(normals.Length, values.Length)..])
        {
            Normal.Samples(this, normals, 0, deviation);
            for (int i = 0; i < Math.Min(normals.Length, values.Length); i++)
            {
                values[i] = (float)normals[i];
            }
        }
    }

    /// <summary>Fills the words with successive <see cref="NextBits"/>, keeping the state in registers.</summary>
    private void FillBits(Span<ulong> words)
    {
        (ulong a, ulong b, ulong c, ulong d) = (s0, s1, s2, s3);
        foreach (ref ulong word in words)
        {
            word = Next(ref a, ref b, ref c, ref d);
        }

        (s0, s1, s2, s3) = (a, b, c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Next(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        ulong result = BitOperations.RotateLeft(b * 5, 7) * 9,
            shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>
    /// Returns the same number as the base class, which allocates an array for every call. Shuffling draws integers by
    /// the thousand.
    /// </summary>
    protected override int DoSampleInt32WithNBits(int bitCount)
    {
        if (bitCount == 0)
        {
            return 0;
        }

        DoSampleBytes(integer);
        return (int)(BinaryPrimitives.ReadUInt32LittleEndian(integer) >> (32 - bitCount));
    }

    /// <inheritdoc/>
    protected override double DoSample() => (NextBits() >> 11) * (1.0 / (1UL << 53));
}
