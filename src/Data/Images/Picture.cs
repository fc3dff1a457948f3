namespace Reproduction.Data;

/// <summary>A picture of 8 bits a channel.</summary>
/// <param name="Pixels">Row by row, red, green and blue of a pixel together.</param>
public sealed record Picture(int Height, int Width, byte[] Pixels)
{
    /// <summary>Whether red, green and blue are alike everywhere.</summary>
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
