using System.Runtime.InteropServices;

namespace Reproduction.CommandLine.Bench;

/// <summary>The system's OpenBLAS. It serves only as a comparison; no result is computed with it.</summary>
internal sealed unsafe class OpenBlas
{
    private const int ColumnMajor = 102;
    private const int NoTranspose = 111;
    private const int Transpose = 112;

    private static readonly string[] Names =
    [
        "libopenblas.so.0",
        "libopenblas.so",
        "libopenblas.dylib",
        "libopenblas.dll",
        "openblas.dll",
    ];

    private readonly delegate* unmanaged[Cdecl]<
        int,
        int,
        int,
        int,
        int,
        int,
        float,
        float*,
        int,
        float*,
        int,
        float,
        float*,
        int,
        void> multiply;

    private OpenBlas(nint library, nint product)
    {
        multiply = (delegate* unmanaged[Cdecl]<
            int,
            int,
            int,
            int,
            int,
            int,
            float,
            float*,
            int,
            float*,
            int,
            float,
            float*,
            int,
            void>)product;
        Kernel = NativeLibrary.TryGetExport(library, "openblas_get_corename", out nint core)
            ? Marshal.PtrToStringAnsi(((delegate* unmanaged[Cdecl]<nint>)core)())!
            : "unknown";
        SetThreads = NativeLibrary.TryGetExport(library, "openblas_set_num_threads", out nint set)
            ? threads => ((delegate* unmanaged[Cdecl]<int, void>)set)(threads)
            : _ => { };
    }

    /// <summary>The processor type of OpenBLAS's kernels; the variable OPENBLAS_CORETYPE chooses another.</summary>
    public string Kernel { get; }

    public Action<int> SetThreads { get; }

    /// <summary>Finds the system's OpenBLAS; null if there is none.</summary>
    public static OpenBlas? Find()
    {
        foreach (string name in Names)
        {
            if (
                NativeLibrary.TryLoad(name, out nint library)
                && NativeLibrary.TryGetExport(library, "cblas_sgemm", out nint product)
            )
            {
                return new OpenBlas(library, product);
            }
        }

        return null;
    }

    /// <summary>Computes C = op(A)·op(B); see <see cref="ProductShape"/>.</summary>
    public void Multiply(ProductShape shape, float[] a, float[] b, float[] c)
    {
        fixed (
            float* pointerA = a,
                pointerB = b,
                pointerC = c
        )
        {
            multiply(
                ColumnMajor,
                shape.TransposedA ? Transpose : NoTranspose,
                shape.TransposedB ? Transpose : NoTranspose,
                shape.Rows,
                shape.Columns,
                shape.Inner,
                1f,
                pointerA,
                shape.TransposedA ? shape.Inner : shape.Rows,
                pointerB,
                shape.TransposedB ? shape.Columns : shape.Inner,
                0f,
                pointerC,
                shape.Rows
            );
        }
    }
}
