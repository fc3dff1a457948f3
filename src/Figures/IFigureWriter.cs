namespace Reproduction.Figures;

/// <summary>A back end that turns figures into files.</summary>
public interface IFigureWriter
{
    /// <summary>The extension of the file's name, with the dot, e.g. <c>.svg</c>.</summary>
    string Extension { get; }

    /// <summary>Returns the content of the figure's file.</summary>
    byte[] Draw(Figure figure);
}
