using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Reproduction.Numerics;

/// <summary>
/// One thread's packed operands, 64-byte aligned and kept between products. A panel holds some rows of op(A), or
/// columns of op(B); the values of each inner step lie together.
/// </summary>
internal sealed unsafe class Panels
{
    private const int Buffers = 2;
    private const int PanelsTogether = 4;

    [ThreadStatic]
    private static Panels? own;

    private readonly nint[] buffers = new nint[Buffers];
    private readonly int[] lengths = new int[Buffers];

    private Panels() { }

    ~Panels()
    {
        foreach (nint buffer in buffers)
        {
            NativeMemory.AlignedFree((void*)buffer);
        }
    }

    public static Panels OfThisThread => own ??= new Panels();

    /// <summary>
    /// Returns buffer 0 or 1 with room for at least <paramref name="count"/> values. What was in it is lost.
    /// </summary>
    public float* Reserve(int buffer, int count)
    {
        if (count > lengths[buffer])
        {
            NativeMemory.AlignedFree((void*)buffers[buffer]);
            buffers[buffer] = (nint)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 64);
            lengths[buffer] = count;
        }

        return (float*)buffers[buffer];
    }

    /// <summary>
    /// Lays out <paramref name="count"/> rows (or columns) of an operand as panels of <paramref name="width"/>. The
    /// last panel is padded with zeros.
    /// </summary>
    /// <param name="target">Room for all panels, which is depth × the count rounded up to whole panels.</param>
    /// <param name="source">The first value.</param>
    /// <param name="operand">The operand, for its strides.</param>
    /// <param name="count">The number of rows or columns.</param>
    /// <param name="depth">The number of inner steps.</param>
    /// <param name="width">Rows or columns in a panel, a multiple of 4.</param>
    public static void Pack(float* target, float* source, in Operand operand, int count, int depth, int width)
    {
        int step = operand.OuterStride == 1 ? PanelsTogether * width : width;
        for (int first = 0; first < count; first += step, target += depth * step)
        {
            int valid = Math.Min(step, count - first);
            float* from = source + (first * operand.OuterStride);
            if (operand.OuterStride == 1)
            {
                PackNeighbours(target, from, operand.InnerStride, valid, depth, width);
            }
            else
            {
                PackTransposed(target, from, operand.OuterStride, valid, depth, width);
            }
        }
    }

    /// <summary>Multiplies each row of packed panels by a factor.</summary>
    /// <param name="panels">As <see cref="Pack"/> has laid them out.</param>
    /// <param name="factors">One value per row.</param>
    /// <param name="count">The number of rows.</param>
    public static void Scale(float* panels, float* factors, int count, int depth, int width)
    {
        for (int first = 0; first < count; first += width, panels += depth * width)
        {
            int valid = Math.Min(width, count - first),
                i = 0;
            if (!new ReadOnlySpan<float>(factors + first, valid).ContainsAnyExcept(1f))
            {
                continue;
            }

            for (; i + Vector256<float>.Count <= valid; i += Vector256<float>.Count)
            {
                Vector256<float> own = Vector256.Load(factors + first + i);
                float* at = panels + i;
                for (int k = 0; k < depth; k++, at += width)
                {
                    (Vector256.Load(at) * own).Store(at);
                }
            }

            for (; i < valid; i++)
            {
                for (int k = 0; k < depth; k++)
                {
                    panels[(k * width) + i] *= factors[first + i];
                }
            }
        }
    }

    /// <summary>
    /// Packs panels whose values of one inner step are neighbours. They advance together: inner steps may be a power of
    /// two apart, and then the caches do not keep what lies beside a panel until its turn comes.
    /// </summary>
    private static void PackNeighbours(float* target, float* source, long stride, int count, int depth, int width)
    {
        int full = count / width * width;
        for (int k = 0; k < depth; k++, source += stride, target += width)
        {
            float* to = target;
            for (int first = 0; first < full; first += width, to += depth * width)
            {
                int i = 0;
                for (; i + Vector256<float>.Count <= width; i += Vector256<float>.Count)
                {
                    Vector256.Load(source + first + i).Store(to + i);
                }

                for (; i < width; i += Vector128<float>.Count)
                {
                    Vector128.Load(source + first + i).Store(to + i);
                }
            }

            for (int first = full; first < count; first += width, to += depth * width)
            {
                int valid = count - first,
                    i = 0;
                for (; i + Vector128<float>.Count <= valid; i += Vector128<float>.Count)
                {
                    Vector128.Load(source + first + i).Store(to + i);
                }

                for (; i < valid; i++)
                {
                    to[i] = source[first + i];
                }

                new Span<float>(to + i, width - i).Clear();
            }
        }
    }

    /// <summary>Packs a panel whose inner steps are neighbours: blocks of 4 × 4 are transposed.</summary>
    private static void PackTransposed(float* target, float* source, long stride, int valid, int depth, int width)
    {
        int i = 0;
        for (; i + 4 <= valid; i += 4)
        {
            float* r0 = source + (i * stride),
                r1 = r0 + stride,
                r2 = r1 + stride,
                r3 = r2 + stride;
            float* to = target + i;
            int k = 0;
            for (; k + 4 <= depth; k += 4, to += 4 * width)
            {
                (Vector128<float> c0, Vector128<float> c1, Vector128<float> c2, Vector128<float> c3) = Transpose(
                    Vector128.Load(r0 + k),
                    Vector128.Load(r1 + k),
                    Vector128.Load(r2 + k),
                    Vector128.Load(r3 + k)
                );
                c0.Store(to);
                c1.Store(to + width);
                c2.Store(to + (2 * width));
                c3.Store(to + (3 * width));
            }

            for (; k < depth; k++, to += width)
            {
                (to[0], to[1], to[2], to[3]) = (r0[k], r1[k], r2[k], r3[k]);
            }
        }

        for (; i < width; i++)
        {
            float* from = source + (i * stride);
            float* to = target + i;
            for (int k = 0; k < depth; k++, to += width)
            {
                *to = i < valid ? from[k] : 0f;
            }
        }
    }

    private static (Vector128<float>, Vector128<float>, Vector128<float>, Vector128<float>) Transpose(
        Vector128<float> r0,
        Vector128<float> r1,
        Vector128<float> r2,
        Vector128<float> r3
    )
    {
        Vector128<float> a = Low(r0, r2),
            b = Low(r1, r3),
            c = High(r0, r2),
            d = High(r1, r3);
        return (Low(a, b), High(a, b), Low(c, d), High(c, d));
    }

    /// <summary>Returns (x₀, y₀, x₁, y₁).</summary>
    private static Vector128<float> Low(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackLow(x, y)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(x, y)
        : Vector128.Create(x[0], y[0], x[1], y[1]);

    /// <summary>Returns (x₂, y₂, x₃, y₃).</summary>
    private static Vector128<float> High(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackHigh(x, y)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(x, y)
        : Vector128.Create(x[2], y[2], x[3], y[3]);
}
