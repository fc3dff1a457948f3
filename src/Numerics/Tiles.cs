using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Reproduction.Numerics;

/// <summary>
/// The innermost loops of a product. Each sum is a chain of fused multiply-adds in ascending order of the inner steps,
/// whatever the width of the vectors.
/// </summary>
/// <remarks>
/// The tiles differ in vector type and in the number of columns that fit the registers. C# has no vector type that is
/// generic in its width, so each is written out. Accumulators are locals because only locals stay in registers. A tile
/// needs more than eight accumulators: two units with a latency of four cycles each keep eight busy, and loads cost
/// some of that.
/// </remarks>
internal static unsafe class Tiles
{
    /// <summary>The number of values in the largest tile.</summary>
    public const int Largest = 48 * 8;

    /// <summary>Rows of a thin tile.</summary>
    public const int ThinRows = 16;

    /// <summary>Width of the vectors in use on this processor.</summary>
    public static int VectorBits =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : 128;

    /// <summary>
    /// Whether the processor has fused multiply-add instructions. Without them, multiply-adds are computed in software,
    /// to the same bits, but slowly.
    /// </summary>
    public static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>Rows of a tile of two packed operands.</summary>
    public static int Rows =>
        VectorBits == 512 ? 48
        : VectorBits == 256 ? 24
        : 8;

    /// <summary>Columns of a tile of two packed operands.</summary>
    public static int Columns => VectorBits == 512 ? 8 : 4;

    /// <summary>Columns of a thin tile.</summary>
    public static int ThinColumns => VectorBits == 512 ? 8 : 6;

    /// <summary>Whether there are thin tiles for this width of vectors.</summary>
    public static bool HasThin => VectorBits >= 256;

    /// <summary>C ← α·AB + β·C for one tile.</summary>
    /// <param name="depth">The number of inner steps.</param>
    /// <param name="a">A panel of <see cref="Rows"/>.</param>
    /// <param name="b">A panel of <see cref="Columns"/>.</param>
    /// <param name="alpha">α.</param>
    /// <param name="beta">β; if it is 0, C is not read.</param>
    /// <param name="c">The tile's first value; neighbours are rows.</param>
    /// <param name="stride">The distance of two columns of C.</param>
    public static void Multiply(int depth, float* a, float* b, float alpha, float beta, float* c, long stride)
    {
        if (VectorBits == 512)
        {
            Tile512(depth, a, b, alpha, beta, c, stride);
        }
        else if (VectorBits == 256)
        {
            Tile256(depth, a, b, alpha, beta, c, stride);
        }
        else
        {
            Tile128(depth, a, b, alpha, beta, c, stride);
        }
    }

    /// <summary>Computes <see cref="ThinRows"/> × <see cref="ThinColumns"/> sums with B where it lies.</summary>
    /// <param name="depth">The number of inner steps.</param>
    /// <param name="a">A panel of <see cref="ThinRows"/>, 64-byte aligned.</param>
    /// <param name="b">The first value of B.</param>
    /// <param name="outer">The distance of two columns of B.</param>
    /// <param name="inner">The distance of two inner steps of B.</param>
    /// <param name="sums">The sums; neighbours are rows.</param>
    public static void MultiplyThin(int depth, float* a, float* b, long outer, long inner, float* sums)
    {
        if (VectorBits == 512)
        {
            Thin512(depth, a, b, outer, inner, sums);
        }
        else
        {
            Thin256(depth, a, b, outer, inner, sums);
        }
    }

    /// <summary>c ← α·sum + β·c for one column of sums.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="count">Their number.</param>
    /// <param name="alpha">α.</param>
    /// <param name="beta">β; if it is 0, c is not read.</param>
    /// <param name="target">The first c.</param>
    /// <param name="stride">The distance of two c.</param>
    public static void Add(float* sums, int count, float alpha, float beta, float* target, long stride)
    {
        for (int i = 0; i < count; i++, target += stride)
        {
            float sum = sums[i] * alpha;
            *target = beta == 0f ? sum : sum + (beta * *target);
        }
    }

    private static void Tile512(int depth, float* a, float* b, float alpha, float beta, float* c, long stride)
    {
        Vector512<float> l0 = default,
            l1 = default,
            l2 = default,
            l3 = default,
            l4 = default,
            l5 = default,
            l6 = default,
            l7 = default;
        Vector512<float> m0 = default,
            m1 = default,
            m2 = default,
            m3 = default,
            m4 = default,
            m5 = default,
            m6 = default,
            m7 = default;
        Vector512<float> h0 = default,
            h1 = default,
            h2 = default,
            h3 = default,
            h4 = default,
            h5 = default,
            h6 = default,
            h7 = default;
        for (int k = 0; k < depth; k++, a += 48, b += 8)
        {
            Vector512<float> low = Vector512.LoadAligned(a),
                middle = Vector512.LoadAligned(a + 16),
                high = Vector512.LoadAligned(a + 32);
            Vector512<float> value = Vector512.Create(b[0]);
            l0 = Vector512.FusedMultiplyAdd(low, value, l0);
            m0 = Vector512.FusedMultiplyAdd(middle, value, m0);
            h0 = Vector512.FusedMultiplyAdd(high, value, h0);
            value = Vector512.Create(b[1]);
            l1 = Vector512.FusedMultiplyAdd(low, value, l1);
            m1 = Vector512.FusedMultiplyAdd(middle, value, m1);
            h1 = Vector512.FusedMultiplyAdd(high, value, h1);
            value = Vector512.Create(b[2]);
            l2 = Vector512.FusedMultiplyAdd(low, value, l2);
            m2 = Vector512.FusedMultiplyAdd(middle, value, m2);
            h2 = Vector512.FusedMultiplyAdd(high, value, h2);
            value = Vector512.Create(b[3]);
            l3 = Vector512.FusedMultiplyAdd(low, value, l3);
            m3 = Vector512.FusedMultiplyAdd(middle, value, m3);
            h3 = Vector512.FusedMultiplyAdd(high, value, h3);
            value = Vector512.Create(b[4]);
            l4 = Vector512.FusedMultiplyAdd(low, value, l4);
            m4 = Vector512.FusedMultiplyAdd(middle, value, m4);
            h4 = Vector512.FusedMultiplyAdd(high, value, h4);
            value = Vector512.Create(b[5]);
            l5 = Vector512.FusedMultiplyAdd(low, value, l5);
            m5 = Vector512.FusedMultiplyAdd(middle, value, m5);
            h5 = Vector512.FusedMultiplyAdd(high, value, h5);
            value = Vector512.Create(b[6]);
            l6 = Vector512.FusedMultiplyAdd(low, value, l6);
            m6 = Vector512.FusedMultiplyAdd(middle, value, m6);
            h6 = Vector512.FusedMultiplyAdd(high, value, h6);
            value = Vector512.Create(b[7]);
            l7 = Vector512.FusedMultiplyAdd(low, value, l7);
            m7 = Vector512.FusedMultiplyAdd(middle, value, m7);
            h7 = Vector512.FusedMultiplyAdd(high, value, h7);
        }

        Store(l0, m0, h0, alpha, beta, c);
        Store(l1, m1, h1, alpha, beta, c + stride);
        Store(l2, m2, h2, alpha, beta, c + (2 * stride));
        Store(l3, m3, h3, alpha, beta, c + (3 * stride));
        Store(l4, m4, h4, alpha, beta, c + (4 * stride));
        Store(l5, m5, h5, alpha, beta, c + (5 * stride));
        Store(l6, m6, h6, alpha, beta, c + (6 * stride));
        Store(l7, m7, h7, alpha, beta, c + (7 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector512<float> low,
        Vector512<float> middle,
        Vector512<float> high,
        float alpha,
        float beta,
        float* c
    )
    {
        low *= alpha;
        middle *= alpha;
        high *= alpha;
        if (beta != 0f)
        {
            low += Vector512.Load(c) * beta;
            middle += Vector512.Load(c + 16) * beta;
            high += Vector512.Load(c + 32) * beta;
        }

        low.Store(c);
        middle.Store(c + 16);
        high.Store(c + 32);
    }

    private static void Tile256(int depth, float* a, float* b, float alpha, float beta, float* c, long stride)
    {
        Vector256<float> l0 = default,
            l1 = default,
            l2 = default,
            l3 = default;
        Vector256<float> m0 = default,
            m1 = default,
            m2 = default,
            m3 = default;
        Vector256<float> h0 = default,
            h1 = default,
            h2 = default,
            h3 = default;
        for (int k = 0; k < depth; k++, a += 24, b += 4)
        {
            Vector256<float> low = Vector256.LoadAligned(a),
                middle = Vector256.LoadAligned(a + 8),
                high = Vector256.LoadAligned(a + 16);
            Vector256<float> value = Vector256.Create(b[0]);
            l0 = Vector256.FusedMultiplyAdd(low, value, l0);
            m0 = Vector256.FusedMultiplyAdd(middle, value, m0);
            h0 = Vector256.FusedMultiplyAdd(high, value, h0);
            value = Vector256.Create(b[1]);
            l1 = Vector256.FusedMultiplyAdd(low, value, l1);
            m1 = Vector256.FusedMultiplyAdd(middle, value, m1);
            h1 = Vector256.FusedMultiplyAdd(high, value, h1);
            value = Vector256.Create(b[2]);
            l2 = Vector256.FusedMultiplyAdd(low, value, l2);
            m2 = Vector256.FusedMultiplyAdd(middle, value, m2);
            h2 = Vector256.FusedMultiplyAdd(high, value, h2);
            value = Vector256.Create(b[3]);
            l3 = Vector256.FusedMultiplyAdd(low, value, l3);
            m3 = Vector256.FusedMultiplyAdd(middle, value, m3);
            h3 = Vector256.FusedMultiplyAdd(high, value, h3);
        }

        Store(l0, m0, h0, alpha, beta, c);
        Store(l1, m1, h1, alpha, beta, c + stride);
        Store(l2, m2, h2, alpha, beta, c + (2 * stride));
        Store(l3, m3, h3, alpha, beta, c + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector256<float> low,
        Vector256<float> middle,
        Vector256<float> high,
        float alpha,
        float beta,
        float* c
    )
    {
        low *= alpha;
        middle *= alpha;
        high *= alpha;
        if (beta != 0f)
        {
            low += Vector256.Load(c) * beta;
            middle += Vector256.Load(c + 8) * beta;
            high += Vector256.Load(c + 16) * beta;
        }

        low.Store(c);
        middle.Store(c + 8);
        high.Store(c + 16);
    }

    private static void Tile128(int depth, float* a, float* b, float alpha, float beta, float* c, long stride)
    {
        Vector128<float> l0 = default,
            l1 = default,
            l2 = default,
            l3 = default;
        Vector128<float> h0 = default,
            h1 = default,
            h2 = default,
            h3 = default;
        for (int k = 0; k < depth; k++, a += 8, b += 4)
        {
            Vector128<float> low = Vector128.LoadAligned(a),
                high = Vector128.LoadAligned(a + 4);
            Vector128<float> value = Vector128.Create(b[0]);
            l0 = Vector128.FusedMultiplyAdd(low, value, l0);
            h0 = Vector128.FusedMultiplyAdd(high, value, h0);
            value = Vector128.Create(b[1]);
            l1 = Vector128.FusedMultiplyAdd(low, value, l1);
            h1 = Vector128.FusedMultiplyAdd(high, value, h1);
            value = Vector128.Create(b[2]);
            l2 = Vector128.FusedMultiplyAdd(low, value, l2);
            h2 = Vector128.FusedMultiplyAdd(high, value, h2);
            value = Vector128.Create(b[3]);
            l3 = Vector128.FusedMultiplyAdd(low, value, l3);
            h3 = Vector128.FusedMultiplyAdd(high, value, h3);
        }

        Store(l0, h0, alpha, beta, c);
        Store(l1, h1, alpha, beta, c + stride);
        Store(l2, h2, alpha, beta, c + (2 * stride));
        Store(l3, h3, alpha, beta, c + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> low, Vector128<float> high, float alpha, float beta, float* c)
    {
        low *= alpha;
        high *= alpha;
        if (beta != 0f)
        {
            low += Vector128.Load(c) * beta;
            high += Vector128.Load(c + 4) * beta;
        }

        low.Store(c);
        high.Store(c + 4);
    }

    private static void Thin512(int depth, float* a, float* b, long outer, long inner, float* sums)
    {
        float* b1 = b + outer,
            b2 = b1 + outer,
            b3 = b2 + outer,
            b4 = b3 + outer,
            b5 = b4 + outer,
            b6 = b5 + outer,
            b7 = b6 + outer;
        Vector512<float> s0 = default,
            s1 = default,
            s2 = default,
            s3 = default,
            s4 = default,
            s5 = default,
            s6 = default,
            s7 = default;
        long at = 0;
        for (int k = 0; k < depth; k++, a += 16, at += inner)
        {
            Vector512<float> values = Vector512.LoadAligned(a);
            s0 = Vector512.FusedMultiplyAdd(values, Vector512.Create(b[at]), s0);
            s1 = Vector512.FusedMultiplyAdd(values, Vector512.Create(b1[at]), s1);
            s2 = Vector512.FusedMultiplyAdd(values, Vector512.Create(b2[at]), s2);
            s3 = Vector512.FusedMultiplyAdd(values, Vector512.Create(b3[at]), s3);
            s4 = Vector512.FusedMultiplyAdd(values, Vector512.Create(b4[at]), s4);
            s5 = Vector512.FusedMultiplyAdd(values, Vector512.Create(b5[at]), s5);
            s6 = Vector512.FusedMultiplyAdd(values, Vector512.Create(b6[at]), s6);
            s7 = Vector512.FusedMultiplyAdd(values, Vector512.Create(b7[at]), s7);
        }

        s0.Store(sums);
        s1.Store(sums + 16);
        s2.Store(sums + 32);
        s3.Store(sums + 48);
        s4.Store(sums + 64);
        s5.Store(sums + 80);
        s6.Store(sums + 96);
        s7.Store(sums + 112);
    }

    private static void Thin256(int depth, float* a, float* b, long outer, long inner, float* sums)
    {
        float* b1 = b + outer,
            b2 = b1 + outer,
            b3 = b2 + outer,
            b4 = b3 + outer,
            b5 = b4 + outer;
        Vector256<float> l0 = default,
            l1 = default,
            l2 = default,
            l3 = default,
            l4 = default,
            l5 = default;
        Vector256<float> h0 = default,
            h1 = default,
            h2 = default,
            h3 = default,
            h4 = default,
            h5 = default;
        long at = 0;
        for (int k = 0; k < depth; k++, a += 16, at += inner)
        {
            Vector256<float> low = Vector256.LoadAligned(a),
                high = Vector256.LoadAligned(a + 8);
            Vector256<float> value = Vector256.Create(b[at]);
            l0 = Vector256.FusedMultiplyAdd(low, value, l0);
            h0 = Vector256.FusedMultiplyAdd(high, value, h0);
            value = Vector256.Create(b1[at]);
            l1 = Vector256.FusedMultiplyAdd(low, value, l1);
            h1 = Vector256.FusedMultiplyAdd(high, value, h1);
            value = Vector256.Create(b2[at]);
            l2 = Vector256.FusedMultiplyAdd(low, value, l2);
            h2 = Vector256.FusedMultiplyAdd(high, value, h2);
            value = Vector256.Create(b3[at]);
            l3 = Vector256.FusedMultiplyAdd(low, value, l3);
            h3 = Vector256.FusedMultiplyAdd(high, value, h3);
            value = Vector256.Create(b4[at]);
            l4 = Vector256.FusedMultiplyAdd(low, value, l4);
            h4 = Vector256.FusedMultiplyAdd(high, value, h4);
            value = Vector256.Create(b5[at]);
            l5 = Vector256.FusedMultiplyAdd(low, value, l5);
            h5 = Vector256.FusedMultiplyAdd(high, value, h5);
        }

        l0.Store(sums);
        h0.Store(sums + 8);
        l1.Store(sums + 16);
        h1.Store(sums + 24);
        l2.Store(sums + 32);
        h2.Store(sums + 40);
        l3.Store(sums + 48);
        h3.Store(sums + 56);
        l4.Store(sums + 64);
        h4.Store(sums + 72);
        l5.Store(sums + 80);
        h5.Store(sums + 88);
    }
}
