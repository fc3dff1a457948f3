namespace Reproduction.Data;

/// <summary>Reads pictures from files.</summary>
public interface IImageReader
{
    /// <summary>Reads one.</summary>
    /// <exception cref="DataSetException">It is no picture, or damaged; the message says of what, without the
    /// path.</exception>
    Picture Read(string path);
}
