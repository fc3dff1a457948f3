namespace Reproduction.Numerics;

/// <summary>
/// Computes C ← α·op(A)·op(B) + β·C for column-major single-precision matrices, packed, blocked for the caches and
/// vectorised.
/// </summary>
/// <remarks>
/// Every element of C is a chain of fused multiply-adds over the inner dimension in ascending order, cut into blocks of
/// <see cref="InnerBlock"/> whose sums are added in ascending order. Neither the vector width, the number of threads
/// nor the way through the operands affects that order, so the same operands give the same bits on every machine.
/// The blocking is that of Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (ACM TOMS 34,
/// 2008).
/// </remarks>
internal static unsafe class SinglePrecisionProduct
{
    /// <summary>Part of the definition of the result (see remarks): never derive it from the machine.</summary>
    public const int InnerBlock = 256;

    private const int ColumnBlock = 2048;
    private const int TilesInRowBlock = 10;

    /// <summary>
    /// Computes the product. op(A) is rows × inner, op(B) inner × columns and C rows × columns, without gaps.
    /// </summary>
    public static void Multiply(
        int rows,
        int columns,
        int inner,
        float alpha,
        Operand a,
        Operand b,
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

        Multiply(new Product(a, b, rows, columns, inner, alpha, beta, c, 0, LowerHalf: false));
    }

    /// <summary>Computes a product of at least one row, column and inner step, with α ≠ 0.</summary>
    public static void Multiply(in Product product)
    {
        if (product.A.Factors is not null || !ThinProduct.TryMultiply(product))
        {
            MultiplyPacked(product);
        }
    }

    /// <summary>
    /// Computes a strip of the lower half of AAᵀ: some columns, each from its element on the diagonal down. What lies
    /// above the diagonal afterwards is undefined.
    /// </summary>
    /// <param name="a">A, size × inner.</param>
    /// <param name="size">The number of rows of A.</param>
    /// <param name="inner">The number of columns of A, ≥ 1.</param>
    /// <param name="first">The strip's first column.</param>
    /// <param name="columns">The number of columns in the strip.</param>
    /// <param name="c">(size − first) × columns values; overwritten. It may be longer.</param>
    public static void MultiplyByOwnTranspose(Operand a, int size, int inner, int first, int columns, float[] c)
    {
        Operand strip = a with { Offset = a.Offset + (int)(first * a.OuterStride) };
        MultiplyPacked(new Product(strip, strip, size - first, columns, inner, 1f, 0f, c, 0, LowerHalf: true));
    }

    private static void MultiplyPacked(in Product product)
    {
        // Cut along the longer side of C: each thread then repeats only the packing of the smaller operand.
        bool cutRows = product.Rows >= product.Columns;
        ComputeThreads.ForRanges(
            cutRows ? product.Rows : product.Columns,
            cutRows ? Tiles.Rows : Tiles.Columns,
            product.IsWorthThreads,
            product,
            static (product, start, end) =>
            {
                if (product.Rows >= product.Columns)
                {
                    Blocked(product, start, end, 0, product.Columns);
                }
                else
                {
                    Blocked(product, 0, product.Rows, start, end);
                }
            }
        );
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

    /// <summary>Computes C[firstRow..endRow, firstColumn..endColumn] on the calling thread.</summary>
    private static void Blocked(in Product product, int firstRow, int endRow, int firstColumn, int endColumn)
    {
        Panels panels = Panels.OfThisThread;
        int rowBlock = TilesInRowBlock * Tiles.Rows;
        float* packedA = panels.Reserve(0, rowBlock * InnerBlock),
            packedB = panels.Reserve(1, (Math.Min(ColumnBlock, endColumn - firstColumn) + Tiles.Columns) * InnerBlock);
        fixed (
            float* a = product.A.Values,
                b = product.B.Values,
                c = product.C,
                factors = product.A.Factors
        )
        {
            for (int column = firstColumn; column < endColumn; column += ColumnBlock)
            {
                int columns = Math.Min(ColumnBlock, endColumn - column);
                for (int k = 0; k < product.Inner; k += InnerBlock)
                {
                    int depth = Math.Min(InnerBlock, product.Inner - k);
                    Panels.Pack(packedB, product.B.At(b, column, k), product.B, columns, depth, Tiles.Columns);
                    for (int row = firstRow; row < endRow; row += rowBlock)
                    {
                        int rows = Math.Min(rowBlock, endRow - row);
                        if (product.LowerHalf && row + rows <= column)
                        {
                            continue;
                        }

                        Panels.Pack(packedA, product.A.At(a, row, k), product.A, rows, depth, Tiles.Rows);
                        if (factors is not null)
                        {
                            Panels.Scale(packedA, factors + row, rows, depth, Tiles.Rows);
                        }

                        Block block = new()
                        {
                            A = packedA,
                            B = packedB,
                            Rows = rows,
                            Columns = columns,
                            Depth = depth,
                            Alpha = product.Alpha,
                            Beta = k == 0 ? product.Beta : 1f,
                            C = c + product.First + row + ((long)column * product.Rows),
                            Stride = product.Rows,
                            Diagonal = product.LowerHalf ? column - row : int.MinValue,
                        };
                        Multiply(block);
                    }
                }
            }
        }
    }

    /// <summary>Multiplies two packed blocks. A panel of A stays in the nearest cache while those of B go by.</summary>
    private static void Multiply(in Block block)
    {
        for (int row = 0; row < block.Rows; row += Tiles.Rows)
        {
            for (int column = 0; column < block.Columns; column += Tiles.Columns)
            {
                Multiply(block, row, column);
            }
        }
    }

    private static void Multiply(in Block block, int row, int column)
    {
        int rows = Math.Min(Tiles.Rows, block.Rows - row),
            columns = Math.Min(Tiles.Columns, block.Columns - column);
        if (row + rows <= column + block.Diagonal)
        {
            return;
        }

        float* a = block.A + ((long)row * block.Depth),
            b = block.B + ((long)column * block.Depth),
            target = block.C + row + (column * block.Stride);
        if (rows == Tiles.Rows && columns == Tiles.Columns)
        {
            Tiles.Multiply(block.Depth, a, b, block.Alpha, block.Beta, target, block.Stride);
            return;
        }

        float* tile = stackalloc float[Tiles.Largest];
        Tiles.Multiply(block.Depth, a, b, 1f, 0f, tile, Tiles.Rows);
        for (int j = 0; j < columns; j++, tile += Tiles.Rows, target += block.Stride)
        {
            Tiles.Add(tile, rows, block.Alpha, block.Beta, target, 1);
        }
    }

    /// <summary>Two packed blocks, and the part of C to which their product is added.</summary>
    private readonly ref struct Block
    {
        public float* A { get; init; }

        public float* B { get; init; }

        public float* C { get; init; }

        public int Rows { get; init; }

        public int Columns { get; init; }

        public int Depth { get; init; }

        public float Alpha { get; init; }

        public float Beta { get; init; }

        /// <summary>The distance of two columns of C.</summary>
        public long Stride { get; init; }

        /// <summary>
        /// C's diagonal meets column j of the block in row j + Diagonal. Tiles that lie above it are left out.
        /// </summary>
        public int Diagonal { get; init; }
    }
}
