using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Reproduction.Data;

/// <summary>
/// Reads pictures of any format that ImageSharp knows: grey, palette or colour, of 8 or 16 bits. A transparent pixel
/// lies over the background, and of an animation the first frame counts.
/// </summary>
internal static class PictureReader
{
    // A picture of this many pixels takes 64 MiB while it is read.
    private const long MostPixels = 1L << 24;

    /// <summary>Reads one picture.</summary>
    /// <exception cref="DataSetException">The file is not a picture, is damaged, or has too many pixels. The message
    /// says what is wrong, without the path.</exception>
    public static Picture Read(string path, PictureOptions options)
    {
        try
        {
            byte[] file = File.ReadAllBytes(path);

            // The header alone says how much memory the pixels would take.
            IImageInfo info =
                Image.Identify(file, out IImageFormat format)
                ?? throw new DataSetException("no picture of a known format");
            if ((long)info.Width * info.Height > MostPixels)
            {
                throw new DataSetException(
                    $"{info.Width}×{info.Height} pixels are more than the {MostPixels >> 20} million that are read; "
                        + "make it smaller"
                );
            }

            if (!IsWhole(format.Name, file))
            {
                throw new DataSetException("is cut short or has no end");
            }

            using Image<Rgba32> image = Image.Load<Rgba32>(file);
            while (image.Frames.Count > 1)
            {
                image.Frames.RemoveFrame(image.Frames.Count - 1);
            }

            image.Mutate(picture => picture.BackgroundColor(Color.ParseHex(options.Background)));
            if (options.Size is var (height, width) && (image.Height, image.Width) != (height, width))
            {
                image.Mutate(picture => picture.Resize(width, height));
            }

            using Image<Rgb24> opaque = image.CloneAs<Rgb24>();
            byte[] pixels = new byte[opaque.Width * opaque.Height * 3];
            opaque.CopyPixelDataTo(pixels);
            return new Picture(opaque.Height, opaque.Width, pixels);
        }
        catch (UnknownImageFormatException exception)
        {
            throw new DataSetException("no picture of a known format", exception);
        }
        catch (Exception exception) when (exception is not (DataSetException or OutOfMemoryException))
        {
            // What a decoder throws at a damaged file is not told by its type.
            throw new DataSetException($"cannot be read ({exception.Message.ReplaceLineEndings(" ")})", exception);
        }
    }

    /// <summary>
    /// Whether a file goes on to the end that its format demands. ImageSharp fills what is missing in grey or black.
    /// </summary>
    private static bool IsWhole(string format, ReadOnlySpan<byte> file) =>
        format switch
        {
            "PNG" => file.IndexOf("IEND"u8) >= 0,
            "JPEG" => file.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0,
            "GIF" => file.TrimEnd((byte)0) is [.., 0x3B],
            "BMP" => file.Length >= 6 && file.Length >= BitConverter.ToUInt32(file[2..6]),
            _ => true,
        };
}
