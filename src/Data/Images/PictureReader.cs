using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Pbm;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Reproduction.Data;

/// <summary>
/// Reads pictures in PNG, JPEG, GIF, BMP, WebP, PBM, PGM or PPM: grey, palette or colour, of 8 or 16 bits. A
/// transparent pixel lies over the background, and of an animated GIF the first frame counts. An orientation that a
/// camera has noted is not applied.
/// </summary>
internal static class PictureReader
{
    // With these, a picture takes less than 256 MiB while it is read.
    private const long MostPixels = 1L << 22;
    private const long MostBytes = 1L << 26;
    private const int MostMegabytesAtOnce = 128;

    private static readonly Configuration Decoders = Configured();

    /// <summary>Reads one picture.</summary>
    /// <exception cref="DataSetException">The file is not a picture, is damaged, or has too many pixels. The message
    /// says what is wrong, without the path.</exception>
    public static Picture Read(string path, PictureOptions options)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes)
            {
                throw new DataSetException($"larger than {MostBytes >> 20} MiB, which no picture here may be");
            }

            byte[] file = File.ReadAllBytes(path);

            // The header alone says how much memory the pixels would take.
            IImageInfo info =
                Image.Identify(Decoders, file, out IImageFormat format)
                ?? throw new DataSetException("no picture of a known format");
            if ((long)info.Width * info.Height > MostPixels)
            {
                throw new DataSetException(
                    $"{info.Width}×{info.Height} pixels are more than the {MostPixels >> 20} million that are read; "
                        + "make it smaller"
                );
            }

            if (!PictureEnd.IsThere(format.Name, file))
            {
                throw new DataSetException("is cut short or has no end");
            }

            using Image<Rgba32> image = Image.Load<Rgba32>(Decoders, file);
            image.Mutate(picture => picture.BackgroundColor(Color.ParseHex(options.Background)));
            if (options.Size is var (height, width) && (image.Height, image.Width) != (height, width))
            {
                image.Mutate(picture => picture.Resize(width, height));
            }

            return new Picture(image.Height, image.Width, Opaque(image));
        }
        catch (UnknownImageFormatException exception)
        {
            throw new DataSetException("no picture of a known format", exception);
        }
        catch (Exception exception) when (exception is not DataSetException)
        {
            // What a decoder throws at a damaged file is not told by its type; some claim memory that is not there.
            throw new DataSetException($"cannot be read ({exception.Message.ReplaceLineEndings(" ")})", exception);
        }
    }

    private static byte[] Opaque(Image<Rgba32> image)
    {
        byte[] pixels = new byte[image.Width * image.Height * 3];
        image.ProcessPixelRows(rows =>
        {
            int at = 0;
            for (int y = 0; y < rows.Height; y++)
            {
                foreach (Rgba32 pixel in rows.GetRowSpan(y))
                {
                    (pixels[at], pixels[at + 1], pixels[at + 2]) = (pixel.R, pixel.G, pixel.B);
                    at += 3;
                }
            }
        });
        return pixels;
    }

    /// <summary>
    /// The decoders of the formats that are read, which leave texts in a file alone and read one frame. Formats that
    /// hold other formats are left out, as their inner pictures have sizes of their own.
    /// </summary>
    private static Configuration Configured()
    {
        Configuration decoders = new(
            new PngConfigurationModule(),
            new JpegConfigurationModule(),
            new GifConfigurationModule(),
            new BmpConfigurationModule(),
            new WebpConfigurationModule(),
            new PbmConfigurationModule()
        )
        {
            MemoryAllocator = MemoryAllocator.Create(
                new MemoryAllocatorOptions { AllocationLimitMegabytes = MostMegabytesAtOnce }
            ),
        };
        ImageFormatManager formats = decoders.ImageFormatsManager;
        formats.SetDecoder(PngFormat.Instance, new PngDecoder { IgnoreMetadata = true });
        formats.SetDecoder(JpegFormat.Instance, new JpegDecoder { IgnoreMetadata = true });
        formats.SetDecoder(WebpFormat.Instance, new WebpDecoder { IgnoreMetadata = true });
        formats.SetDecoder(
            GifFormat.Instance,
            new GifDecoder { IgnoreMetadata = true, DecodingMode = FrameDecodingMode.First }
        );
        return decoders;
    }
}
