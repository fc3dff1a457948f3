namespace Reproduction.Campaign.Fuzzing;

/// <summary>A reader of files that come from outside.</summary>
/// <param name="Files">Whole ones, to be changed.</param>
/// <param name="Words">What the format is made of.</param>
/// <param name="Read">Reads the file at a path. What is wrong with it must come as one of the suite's own
/// exceptions.</param>
internal sealed record FuzzedReader(
    string Name,
    IReadOnlyList<FuzzedFile> Files,
    IReadOnlyList<string> Words,
    Action<string> Read
)
{
    /// <summary>Whether the file is read only when its checksum holds, so that its headers may be believed.</summary>
    public bool IsVouchedFor { get; init; }
}

/// <summary>A whole file.</summary>
/// <param name="Content">What is changed.</param>
/// <param name="Wrap">What is put around it then: compression, a checksum that holds.</param>
internal sealed record FuzzedFile(byte[] Content, Func<byte[], byte[]> Wrap)
{
    /// <summary>One that is written as it is changed.</summary>
    public FuzzedFile(byte[] content)
        : this(content, changed => changed) { }
}
