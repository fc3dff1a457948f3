namespace Reproduction.Data;

/// <summary>The shape of an input seen as an image: one channel after the other, each row by row.</summary>
public sealed record ImageShape(int Channels, int Height, int Width)
{
    public int Size => Channels * Height * Width;
}
