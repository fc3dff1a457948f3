namespace Reproduction.Data;

/// <summary>Reads pictures from files.</summary>
public interface IImageReader
{
    /// <summary>Reads one picture.</summary>
    /// <exception cref="DataSetException">The file is not a picture, or it is damaged. The message says what is wrong,
    /// without the path.</exception>
    Picture Read(string path);
}
