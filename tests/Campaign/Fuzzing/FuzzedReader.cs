namespace Reproduction.Campaign.Fuzzing;

/// <summary>A reader of files that come from outside the suite.</summary>
/// <param name="Files">Whole files, which are then changed.</param>
/// <param name="Words">The words of the file format.</param>
/// <param name="Read">Reads the file at a path. If the file is wrong, it must throw one of the suite's own
/// exceptions.</param>
internal sealed record FuzzedReader(
    string Name,
    IReadOnlyList<FuzzedFile> Files,
    IReadOnlyList<string> Words,
    Action<string> Read
)
{
    /// <summary>The bytes that a read may take whatever the size of its file.</summary>
    public long Allowance { get; init; } = 1L << 22;

    /// <summary>Whether only files with the right checksum are read, so that their headers can be trusted.</summary>
    public bool IsVouchedFor { get; init; }
}

/// <summary>A whole file that is to be changed.</summary>
/// <param name="Content">The content that is changed.</param>
/// <param name="Wrap">Wraps the changed content, e.g. in compression or with a valid checksum.</param>
internal sealed record FuzzedFile(byte[] Content, Func<byte[], byte[]> Wrap)
{
    /// <summary>Creates a file whose changed content is written without a wrapper.</summary>
    public FuzzedFile(byte[] content)
        : this(content, changed => changed) { }
}
