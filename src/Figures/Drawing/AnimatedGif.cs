using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Reproduction.Figures;

/// <summary>Figures of one size, one after the other, as an animation.</summary>
public static class AnimatedGif
{
    private const int FrameHundredths = 80;
    private const int LastHundredths = 300;

    /// <summary>Returns the GIF, which shows each figure for 0.8 s and the last one for 3 s, again and again.</summary>
    /// <param name="frames">The figures, at least one; smaller ones are padded.</param>
    public static byte[] Of(IReadOnlyList<Figure> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        Image<Rgba32>[] pictures = [.. frames.Select(frame => Image.Load<Rgba32>(FigureFiles.Png(frame)))];
        (int width, int height) = (pictures.Max(picture => picture.Width), pictures.Max(picture => picture.Height));
        foreach (Image<Rgba32> picture in pictures)
        {
            ResizeOptions pad = new()
            {
                Mode = ResizeMode.BoxPad,
                Position = AnchorPositionMode.TopLeft,
                PadColor = Color.White,
                Size = new Size(width, height),
            };
            picture.Mutate(frame => frame.Resize(pad));
        }

        Image<Rgba32> film = pictures[0];
        film.Metadata.GetGifMetadata().RepeatCount = 0;
        foreach (Image<Rgba32> next in pictures.Skip(1))
        {
            film.Frames.AddFrame(next.Frames.RootFrame);
            next.Dispose();
        }

        for (int i = 0; i < film.Frames.Count; i++)
        {
            film.Frames[i].Metadata.GetGifMetadata().FrameDelay =
                i == film.Frames.Count - 1 ? LastHundredths : FrameHundredths;
        }

        using MemoryStream file = new();
        film.SaveAsGif(file, new GifEncoder { ColorTableMode = GifColorTableMode.Local });
        film.Dispose();
        return file.ToArray();
    }
}
