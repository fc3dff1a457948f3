namespace Reproduction.Data;

/// <summary>How an input is seen as an image: channels, one after the other, each row by row.</summary>
public sealed record ImageShape(int Channels, int Height, int Width)
{
    public int Size => Channels * Height * Width;
}
