using Reproduction.Data;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Reproduction.Figures;

/// <summary>
/// Reads pictures of any format that ImageSharp knows. Transparency is ignored: a transparent pixel has its colour.
/// </summary>
public sealed class ImageSharpReader : IImageReader
{
    /// <inheritdoc/>
    public Picture Read(string path)
    {
        try
        {
            using Image<Rgb24> image = Image.Load<Rgb24>(path);
            byte[] pixels = new byte[image.Width * image.Height * 3];
            image.CopyPixelDataTo(pixels);
            return new Picture(image.Height, image.Width, pixels);
        }
        catch (UnknownImageFormatException exception)
        {
            throw new DataSetException("no picture of a known format", exception);
        }
        catch (Exception exception)
            when (exception
                    is ImageFormatException
                        or NotSupportedException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            throw new DataSetException($"cannot be read ({exception.Message.ReplaceLineEndings(" ")})", exception);
        }
    }
}
