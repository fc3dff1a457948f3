namespace Reproduction.Data;

/// <summary>A picture with three channels of 8 bits each.</summary>
/// <param name="Pixels">The pixels row by row; the red, green and blue bytes of a pixel lie together.</param>
public sealed record Picture(int Height, int Width, byte[] Pixels)
{
    /// <summary>Whether red, green and blue are equal in every pixel.</summary>
    public bool IsGrey
    {
        get
        {
            for (int i = 0; i < Pixels.Length; i += 3)
            {
                if (Pixels[i] != Pixels[i + 1] || Pixels[i] != Pixels[i + 2])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
