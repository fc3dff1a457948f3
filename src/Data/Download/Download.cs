namespace Reproduction.Data;

/// <summary>One file to fetch.</summary>
/// <param name="Name">Below each mirror's address.</param>
/// <param name="Target">Where it is to lie.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="IsOfContent">Whether the checksum is of the uncompressed content, rather than of the file
/// itself.</param>
/// <param name="Arrived">What is to be done with it then.</param>
internal sealed record Download(string Name, string Target, string Sha256, bool IsOfContent, Action? Arrived = null);
