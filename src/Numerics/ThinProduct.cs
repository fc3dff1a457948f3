namespace Reproduction.Numerics;

/// <summary>
/// Products with an operand of few rows or columns, such as a classifier's weights or the errors of a small batch.
/// Packing the other, wide operand would take about as long as the product, so it is read where it lies. The order of
/// accumulation is that of <see cref="SinglePrecisionProduct"/>.
/// </summary>
internal static unsafe class ThinProduct
{
    // A thin op(B) has at most so many columns, a batch of 32; a thin op(A) has at most the rows of one tile.
    private const int MostColumns = 32;

    /// <summary>Computes the product if it is of this kind.</summary>
    public static bool TryMultiply(in Product product)
    {
        if (!Tiles.HasThin)
        {
            return false;
        }

        Sides sides;
        if (product.Rows <= Tiles.ThinRows && product.Columns >= Tiles.ThinColumns)
        {
            sides = new(product, product.A, product.B, product.Rows, product.Columns, 1, product.Rows);
        }
        else if (product.Columns <= MostColumns && product.Rows >= Tiles.ThinColumns && product.A.InnerStride == 1)
        {
            sides = new(product, product.B, product.A, product.Columns, product.Rows, product.Rows, 1);
        }
        else
        {
            return false;
        }

        ComputeThreads.ForRanges(
            sides.WideCount,
            Tiles.ThinColumns,
            product.IsWorthThreads,
            sides,
            static (sides, start, end) => Multiply(sides, start, end)
        );
        return true;
    }

    /// <summary>Computes the part of C that belongs to some of the wide operand's rows or columns.</summary>
    private static void Multiply(in Sides sides, int start, int end)
    {
        int columns = Tiles.ThinColumns,
            inner = sides.Product.Inner;
        float* packed = Panels.OfThisThread.Reserve(
                0,
                (sides.ThinCount + Tiles.ThinRows) * SinglePrecisionProduct.InnerBlock
            ),
            tile = stackalloc float[Tiles.Largest];
        fixed (
            float* thin = sides.Thin.Values,
                wide = sides.Wide.Values,
                c = sides.Product.C
        )
        {
            for (int k = 0; k < inner; k += SinglePrecisionProduct.InnerBlock)
            {
                int depth = Math.Min(SinglePrecisionProduct.InnerBlock, inner - k);
                float beta = k == 0 ? sides.Product.Beta : 1f;
                Panels.Pack(packed, sides.Thin.At(thin, 0, k), sides.Thin, sides.ThinCount, depth, Tiles.ThinRows);
                for (int column = start; column < end; column += columns)
                {
                    // The last tile begins earlier, so that it does not read beyond the wide operand's end.
                    int first = Math.Min(column, sides.WideCount - columns),
                        last = Math.Min(column + columns, end);
                    for (int row = 0; row < sides.ThinCount; row += Tiles.ThinRows)
                    {
                        Tiles.MultiplyThin(
                            depth,
                            packed + ((long)row * depth),
                            sides.Wide.At(wide, first, k),
                            sides.Wide.OuterStride,
                            sides.Wide.InnerStride,
                            tile
                        );
                        int rows = Math.Min(Tiles.ThinRows, sides.ThinCount - row);
                        for (int j = column; j < last; j++)
                        {
                            float* sums = tile + ((j - first) * Tiles.ThinRows),
                                target = c + sides.Product.First + (row * sides.ThinStride) + (j * sides.WideStride);
                            Tiles.Add(sums, rows, sides.Product.Alpha, beta, target, sides.ThinStride);
                        }
                    }
                }
            }
        }
    }

    /// <summary>The two operands of a product by their width, and how C lies.</summary>
    /// <param name="ThinStride">The distance in C of two of the thin operand's rows or columns.</param>
    /// <param name="WideStride">The distance in C of two of the wide operand's rows or columns.</param>
    private readonly record struct Sides(
        Product Product,
        Operand Thin,
        Operand Wide,
        int ThinCount,
        int WideCount,
        long ThinStride,
        long WideStride
    );
}
