using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Reproduction.Numerics;

/// <summary>
/// Computes C ← α·op(A)·op(B) + β·C for column-major single-precision matrices, packed, blocked for the caches and
/// vectorised.
/// </summary>
/// <remarks>
/// Every element of C is a chain of fused multiply-adds over the inner dimension in ascending order, cut into blocks of
/// <see cref="InnerBlock"/> whose sums are added in ascending order. Neither the vector width nor the number of threads
/// affects that order, so the same operands give the same bits on every machine.
/// The blocking is that of Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (ACM TOMS 34,
/// 2008).
/// </remarks>
internal static unsafe class SinglePrecisionProduct
{
    /// <summary>Part of the definition of the result (see remarks): never derive it from the machine.</summary>
    private const int InnerBlock = 256;

    private const int RowBlock = 256;
    private const int ColumnBlock = 2048;
    private const long ParallelThreshold = 1L << 20;
    private const int SkinnyRows = 16;
    private const int SkinnyColumns = 8;

    [ThreadStatic]
    private static PackingBuffers? buffers;

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

    private static int TileRows => 2 * VectorBits / 32;

    private static int TileColumns => VectorBits == 512 ? 8 : 4;

    /// <summary>
    /// Computes the product. op(A) is rows×inner with stored leading dimension <paramref name="strideA"/>; op(B) is
    /// inner×columns with <paramref name="strideB"/>; C is rows×columns.
    /// </summary>
    public static void Multiply(
        bool transposedA,
        bool transposedB,
        int rows,
        int columns,
        int inner,
        float alpha,
        float[] a,
        int strideA,
        float[] b,
        int strideB,
        float beta,
        float[] c
    )
    {
        if (rows == 0 || columns == 0)
        {
            return;
        }

        if (inner == 0 || alpha == 0f)
        {
            Scale(c, beta);
            return;
        }

        if (
            rows <= SkinnyRows
            && columns >= SkinnyColumns
            && VectorBits == 512
            && !transposedA
            && alpha == 1f
            && beta == 0f
        )
        {
            Skinny(transposedB, rows, columns, inner, a, strideA, b, strideB, c);
            return;
        }

        // Cut along the longer side of C: each thread then repeats only the packing of the smaller operand.
        bool cutRows = rows >= columns;
        Operands operands = new(transposedA, transposedB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c);
        ComputeThreads.ForRanges(
            cutRows ? rows : columns,
            cutRows ? TileRows : TileColumns,
            IsWorthThreads(rows, columns, inner),
            operands,
            static (operands, start, end) =>
            {
                (
                    bool transposedA,
                    bool transposedB,
                    int rows,
                    int columns,
                    int inner,
                    float alpha,
                    float[] a,
                    int strideA,
                    float[] b,
                    int strideB,
                    float beta,
                    float[] c
                ) = operands;
                fixed (
                    float* pointerA = a,
                        pointerB = b,
                        pointerC = c
                )
                {
                    if (rows >= columns)
                    {
                        float* shiftedA = pointerA + (transposedA ? (long)start * strideA : start);
                        Serial(
                            transposedA,
                            transposedB,
                            end - start,
                            columns,
                            inner,
                            alpha,
                            shiftedA,
                            strideA,
                            pointerB,
                            strideB,
                            beta,
                            pointerC + start,
                            rows
                        );
                    }
                    else
                    {
                        float* shiftedB = pointerB + (transposedB ? start : (long)start * strideB);
                        Serial(
                            transposedA,
                            transposedB,
                            rows,
                            end - start,
                            inner,
                            alpha,
                            pointerA,
                            strideA,
                            shiftedB,
                            strideB,
                            beta,
                            pointerC + ((long)start * rows),
                            rows
                        );
                    }
                }
            }
        );
    }

    private static bool IsWorthThreads(int rows, int columns, int inner) =>
        2L * rows * columns * inner >= ParallelThreshold;

    /// <summary>
    /// Computes C = A·op(B) for an A with few rows, such as a classifier's weights. Packing B would take longer than
    /// the product, so B is read in place. The order of accumulation is that of the general product.
    /// </summary>
    private static void Skinny(
        bool transposedB,
        int rows,
        int columns,
        int inner,
        float[] a,
        int strideA,
        float[] b,
        int strideB,
        float[] c
    )
    {
        float* packed = (buffers ??= new PackingBuffers()).Panel(inner * SkinnyRows);
        fixed (float* pointerA = a)
        {
            Pack(packed, pointerA, strideA, alongVector: true, rows, inner, SkinnyRows);
        }

        (nint, bool, int, int, int, float[], int, float[]) operands = (
            (nint)packed,
            transposedB,
            rows,
            columns,
            inner,
            b,
            strideB,
            c
        );
        ComputeThreads.ForRanges(
            columns,
            SkinnyColumns,
            IsWorthThreads(rows, columns, inner),
            operands,
            static (operands, start, end) =>
            {
                (nint packed, bool transposedB, int rows, int columns, int inner, float[] b, int strideB, float[] c) =
                    operands;
                long columnStride = transposedB ? 1 : strideB,
                    innerStride = transposedB ? strideB : 1;
                float* tile = stackalloc float[SkinnyRows * SkinnyColumns];
                fixed (
                    float* pointerB = b,
                        pointerC = c
                )
                {
                    for (int column = start; column < end; column += SkinnyColumns)
                    {
                        // The last tile begins earlier, so that it does not read beyond the end of B.
                        int first = Math.Min(column, columns - SkinnyColumns);
                        SkinnyTile(
                            inner,
                            (float*)packed,
                            pointerB + (first * columnStride),
                            columnStride,
                            innerStride,
                            tile
                        );
                        for (int j = column; j < Math.Min(column + SkinnyColumns, end); j++)
                        {
                            new ReadOnlySpan<float>(tile + ((j - first) * SkinnyRows), rows).CopyTo(
                                new Span<float>(pointerC + ((long)j * rows), rows)
                            );
                        }
                    }
                }
            }
        );
    }

    /// <summary>
    /// Computes 16 × 8 sums. In <paramref name="a"/>, each inner step has 16 values. In <paramref name="b"/>, columns
    /// are <paramref name="columnStride"/> apart and inner steps <paramref name="innerStride"/> apart.
    /// </summary>
    private static void SkinnyTile(int inner, float* a, float* b, long columnStride, long innerStride, float* tile)
    {
        float* b1 = b + columnStride,
            b2 = b1 + columnStride,
            b3 = b2 + columnStride,
            b4 = b3 + columnStride,
            b5 = b4 + columnStride,
            b6 = b5 + columnStride,
            b7 = b6 + columnStride;
        long at = 0;
        for (int block = 0; block < inner; block += InnerBlock)
        {
            Vector512<float> s0 = default,
                s1 = default,
                s2 = default,
                s3 = default,
                s4 = default,
                s5 = default,
                s6 = default,
                s7 = default;
            int end = Math.Min(block + InnerBlock, inner);
            for (int k = block; k < end; k++, at += innerStride)
            {
                Vector512<float> weights = Vector512.Load(a + ((long)k * SkinnyRows));
                s0 = Vector512.FusedMultiplyAdd(weights, Vector512.Create(b[at]), s0);
                s1 = Vector512.FusedMultiplyAdd(weights, Vector512.Create(b1[at]), s1);
                s2 = Vector512.FusedMultiplyAdd(weights, Vector512.Create(b2[at]), s2);
                s3 = Vector512.FusedMultiplyAdd(weights, Vector512.Create(b3[at]), s3);
                s4 = Vector512.FusedMultiplyAdd(weights, Vector512.Create(b4[at]), s4);
                s5 = Vector512.FusedMultiplyAdd(weights, Vector512.Create(b5[at]), s5);
                s6 = Vector512.FusedMultiplyAdd(weights, Vector512.Create(b6[at]), s6);
                s7 = Vector512.FusedMultiplyAdd(weights, Vector512.Create(b7[at]), s7);
            }

            float* target = tile;
            foreach (Vector512<float> sum in (ReadOnlySpan<Vector512<float>>)[s0, s1, s2, s3, s4, s5, s6, s7])
            {
                (block == 0 ? sum : sum + Vector512.Load(target)).Store(target);
                target += SkinnyRows;
            }
        }
    }

    private static void Scale(float[] c, float beta)
    {
        if (beta == 0f)
        {
            Array.Clear(c);
        }
        else if (beta != 1f)
        {
            System.Numerics.Tensors.TensorPrimitives.Multiply(c, beta, c);
        }
    }

    private static void Serial(
        bool transposedA,
        bool transposedB,
        int rows,
        int columns,
        int inner,
        float alpha,
        float* a,
        long strideA,
        float* b,
        long strideB,
        float beta,
        float* c,
        long strideC
    )
    {
        PackingBuffers packed = buffers ??= new PackingBuffers();
        for (int column = 0; column < columns; column += ColumnBlock)
        {
            int blockColumns = Math.Min(ColumnBlock, columns - column);
            for (int k = 0; k < inner; k += InnerBlock)
            {
                int depth = Math.Min(InnerBlock, inner - k);
                float* sourceB = b + (transposedB ? column + (k * strideB) : k + (column * strideB));
                Pack(packed.B, sourceB, strideB, alongVector: transposedB, blockColumns, depth, TileColumns);
                float blockBeta = k == 0 ? beta : 1f;
                for (int row = 0; row < rows; row += RowBlock)
                {
                    int blockRows = Math.Min(RowBlock, rows - row);
                    float* sourceA = a + (transposedA ? k + (row * strideA) : row + (k * strideA));
                    Pack(packed.A, sourceA, strideA, alongVector: !transposedA, blockRows, depth, TileRows);
                    Block(
                        packed,
                        blockRows,
                        blockColumns,
                        depth,
                        alpha,
                        blockBeta,
                        c + row + (column * strideC),
                        strideC
                    );
                }
            }
        }
    }

    /// <summary>
    /// Lays out <paramref name="count"/> rows (or columns) of an operand as panels of <paramref name="width"/>. In a
    /// panel, the values of each inner step lie together. The last panel is padded with zeros.
    /// </summary>
    /// <param name="alongVector">Whether the values of one inner step are neighbours in the source.</param>
    private static void Pack(
        float* target,
        float* source,
        long stride,
        bool alongVector,
        int count,
        int depth,
        int width
    )
    {
        for (int first = 0; first < count; first += width)
        {
            int valid = Math.Min(width, count - first);
            if (alongVector)
            {
                float* from = source + first;
                if (valid == width && width == 32)
                {
                    for (int k = 0; k < depth; k++, from += stride, target += 32)
                    {
                        Vector512<float> low = Vector512.Load(from),
                            high = Vector512.Load(from + 16);
                        low.StoreAligned(target);
                        high.StoreAligned(target + 16);
                    }

                    continue;
                }

                for (int k = 0; k < depth; k++, from += stride, target += width)
                {
                    int i = 0;
                    for (; i <= valid - Vector128<float>.Count; i += Vector128<float>.Count)
                    {
                        Vector128.Load(from + i).Store(target + i);
                    }

                    for (; i < width; i++)
                    {
                        target[i] = i < valid ? from[i] : 0f;
                    }
                }
            }
            else
            {
                if (valid < width)
                {
                    new Span<float>(target, depth * width).Clear();
                }

                for (int i = 0; i < valid; i++)
                {
                    float* from = source + ((first + i) * stride);
                    float* to = target + i;
                    for (int k = 0; k < depth; k++, to += width)
                    {
                        *to = from[k];
                    }
                }

                target += depth * width;
            }
        }
    }

    private static void Block(
        PackingBuffers packed,
        int rows,
        int columns,
        int depth,
        float alpha,
        float beta,
        float* c,
        long strideC
    )
    {
        float* tile = packed.Tile;
        for (int column = 0; column < columns; column += TileColumns)
        {
            float* panelB = packed.B + ((long)column * depth);
            int tileColumns = Math.Min(TileColumns, columns - column);
            for (int row = 0; row < rows; row += TileRows)
            {
                float* panelA = packed.A + ((long)row * depth);
                float* target = c + row + (column * strideC);
                int tileRows = Math.Min(TileRows, rows - row);
                if (tileRows == TileRows && tileColumns == TileColumns)
                {
                    Tile(depth, panelA, panelB, alpha, beta, target, strideC);
                }
                else
                {
                    Tile(depth, panelA, panelB, alpha, 0f, tile, TileRows);
                    AddPartialTile(tile, tileRows, tileColumns, beta, target, strideC);
                }
            }
        }
    }

    private static void AddPartialTile(float* tile, int rows, int columns, float beta, float* c, long strideC)
    {
        for (int j = 0; j < columns; j++, tile += TileRows, c += strideC)
        {
            for (int i = 0; i < rows; i++)
            {
                c[i] = beta == 0f ? tile[i] : tile[i] + (beta * c[i]);
            }
        }
    }

    private static void Tile(int depth, float* a, float* b, float alpha, float beta, float* c, long strideC)
    {
        if (VectorBits == 512)
        {
            Tile512(depth, a, b, alpha, beta, c, strideC);
        }
        else if (VectorBits == 256)
        {
            Tile256(depth, a, b, alpha, beta, c, strideC);
        }
        else
        {
            Tile128(depth, a, b, alpha, beta, c, strideC);
        }
    }

    // The three tiles differ in vector type and in the number of columns that fit the registers. C# has no vector type
    // that is generic in its width, so each is written out. Accumulators are locals because only locals stay in
    // registers.
    private static void Tile512(int depth, float* a, float* b, float alpha, float beta, float* c, long strideC)
    {
        Vector512<float> l0 = default,
            l1 = default,
            l2 = default,
            l3 = default,
            l4 = default,
            l5 = default,
            l6 = default,
            l7 = default;
        Vector512<float> h0 = default,
            h1 = default,
            h2 = default,
            h3 = default,
            h4 = default,
            h5 = default,
            h6 = default,
            h7 = default;
        for (int k = 0; k < depth; k++, a += 32, b += 8)
        {
            Vector512<float> low = Vector512.Load(a),
                high = Vector512.Load(a + 16);
            Vector512<float> value = Vector512.Create(b[0]);
            l0 = Vector512.FusedMultiplyAdd(low, value, l0);
            h0 = Vector512.FusedMultiplyAdd(high, value, h0);
            value = Vector512.Create(b[1]);
            l1 = Vector512.FusedMultiplyAdd(low, value, l1);
            h1 = Vector512.FusedMultiplyAdd(high, value, h1);
            value = Vector512.Create(b[2]);
            l2 = Vector512.FusedMultiplyAdd(low, value, l2);
            h2 = Vector512.FusedMultiplyAdd(high, value, h2);
            value = Vector512.Create(b[3]);
            l3 = Vector512.FusedMultiplyAdd(low, value, l3);
            h3 = Vector512.FusedMultiplyAdd(high, value, h3);
            value = Vector512.Create(b[4]);
            l4 = Vector512.FusedMultiplyAdd(low, value, l4);
            h4 = Vector512.FusedMultiplyAdd(high, value, h4);
            value = Vector512.Create(b[5]);
            l5 = Vector512.FusedMultiplyAdd(low, value, l5);
            h5 = Vector512.FusedMultiplyAdd(high, value, h5);
            value = Vector512.Create(b[6]);
            l6 = Vector512.FusedMultiplyAdd(low, value, l6);
            h6 = Vector512.FusedMultiplyAdd(high, value, h6);
            value = Vector512.Create(b[7]);
            l7 = Vector512.FusedMultiplyAdd(low, value, l7);
            h7 = Vector512.FusedMultiplyAdd(high, value, h7);
        }

        Store(l0, h0, alpha, beta, c);
        Store(l1, h1, alpha, beta, c + strideC);
        Store(l2, h2, alpha, beta, c + (2 * strideC));
        Store(l3, h3, alpha, beta, c + (3 * strideC));
        Store(l4, h4, alpha, beta, c + (4 * strideC));
        Store(l5, h5, alpha, beta, c + (5 * strideC));
        Store(l6, h6, alpha, beta, c + (6 * strideC));
        Store(l7, h7, alpha, beta, c + (7 * strideC));
    }

    private static void Store(Vector512<float> low, Vector512<float> high, float alpha, float beta, float* c)
    {
        low *= alpha;
        high *= alpha;
        if (beta != 0f)
        {
            low += Vector512.Load(c) * beta;
            high += Vector512.Load(c + 16) * beta;
        }

        low.Store(c);
        high.Store(c + 16);
    }

    private static void Tile256(int depth, float* a, float* b, float alpha, float beta, float* c, long strideC)
    {
        Vector256<float> l0 = default,
            l1 = default,
            l2 = default,
            l3 = default;
        Vector256<float> h0 = default,
            h1 = default,
            h2 = default,
            h3 = default;
        for (int k = 0; k < depth; k++, a += 16, b += 4)
        {
            Vector256<float> low = Vector256.Load(a),
                high = Vector256.Load(a + 8);
            Vector256<float> value = Vector256.Create(b[0]);
            l0 = Vector256.FusedMultiplyAdd(low, value, l0);
            h0 = Vector256.FusedMultiplyAdd(high, value, h0);
            value = Vector256.Create(b[1]);
            l1 = Vector256.FusedMultiplyAdd(low, value, l1);
            h1 = Vector256.FusedMultiplyAdd(high, value, h1);
            value = Vector256.Create(b[2]);
            l2 = Vector256.FusedMultiplyAdd(low, value, l2);
            h2 = Vector256.FusedMultiplyAdd(high, value, h2);
            value = Vector256.Create(b[3]);
            l3 = Vector256.FusedMultiplyAdd(low, value, l3);
            h3 = Vector256.FusedMultiplyAdd(high, value, h3);
        }

        Store(l0, h0, alpha, beta, c);
        Store(l1, h1, alpha, beta, c + strideC);
        Store(l2, h2, alpha, beta, c + (2 * strideC));
        Store(l3, h3, alpha, beta, c + (3 * strideC));
    }

    private static void Store(Vector256<float> low, Vector256<float> high, float alpha, float beta, float* c)
    {
        low *= alpha;
        high *= alpha;
        if (beta != 0f)
        {
            low += Vector256.Load(c) * beta;
            high += Vector256.Load(c + 8) * beta;
        }

        low.Store(c);
        high.Store(c + 8);
    }

    private static void Tile128(int depth, float* a, float* b, float alpha, float beta, float* c, long strideC)
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
            Vector128<float> low = Vector128.Load(a),
                high = Vector128.Load(a + 4);
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
        Store(l1, h1, alpha, beta, c + strideC);
        Store(l2, h2, alpha, beta, c + (2 * strideC));
        Store(l3, h3, alpha, beta, c + (3 * strideC));
    }

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

    private readonly record struct Operands(
        bool TransposedA,
        bool TransposedB,
        int Rows,
        int Columns,
        int Inner,
        float Alpha,
        float[] A,
        int StrideA,
        float[] B,
        int StrideB,
        float Beta,
        float[] C
    );

    /// <summary>One thread's packed panels, 64-byte aligned, kept between calls.</summary>
    private sealed class PackingBuffers
    {
        private const int LargestTile = 32 * 8;
        private float* panel;
        private int panelLength;

        public PackingBuffers()
        {
            A = Allocate(RowBlock * InnerBlock);
            B = Allocate(ColumnBlock * InnerBlock);
            Tile = Allocate(LargestTile);
            panel = Allocate(panelLength = InnerBlock * SkinnyRows);
        }

        ~PackingBuffers()
        {
            NativeMemory.AlignedFree(A);
            NativeMemory.AlignedFree(B);
            NativeMemory.AlignedFree(Tile);
            NativeMemory.AlignedFree(panel);
        }

        public float* A { get; }

        public float* B { get; }

        public float* Tile { get; }

        /// <summary>
        /// Returns a buffer of at least <paramref name="count"/> values. Its previous content is lost.
        /// </summary>
        public float* Panel(int count)
        {
            if (count > panelLength)
            {
                NativeMemory.AlignedFree(panel);
                panel = Allocate(panelLength = count);
            }

            return panel;
        }

        private static float* Allocate(int count) =>
            (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 64);
    }
}
