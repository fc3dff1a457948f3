namespace Reproduction.Data;

/// <summary>One file to download.</summary>
/// <param name="Name">The name of the file, relative to each mirror's address.</param>
/// <param name="Target">The path to store the file at.</param>
/// <param name="Sha256">The expected SHA-256, in lower-case hexadecimal digits.</param>
/// <param name="IsOfContent">Whether the checksum covers the uncompressed content rather than the file itself.</param>
/// <param name="Arrived">Called when the file has arrived; null if there is nothing more to do.</param>
internal sealed record Download(string Name, string Target, string Sha256, bool IsOfContent, Action? Arrived = null);
