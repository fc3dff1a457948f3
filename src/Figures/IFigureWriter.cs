namespace Reproduction.Figures;

/// <summary>A back end that turns figures into files.</summary>
public interface IFigureWriter
{
    /// <summary>With the dot, e.g. <c>.svg</c>.</summary>
    string Extension { get; }

    /// <summary>The file's content.</summary>
    byte[] Draw(Figure figure);
}
