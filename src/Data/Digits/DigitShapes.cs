namespace Reproduction.Data;

/// <summary>
/// The pen strokes of the ten digits, in a unit square with y downwards. Each digit can be written in several ways.
/// </summary>
internal static class DigitShapes
{
    /// <summary>One movement of the pen.</summary>
    /// <param name="Points">Coordinates of the points, alternating x and y.</param>
    /// <param name="IsCurve">Whether the points are joined by a smooth curve rather than by straight lines.</param>
    internal sealed record Stroke(double[] Points, bool IsCurve);

    /// <summary>The strokes of every way to write a digit, indexed [digit][variant][stroke].</summary>
    public static readonly Stroke[][][] Variants =
    [
        [
            [Curve(.5, .04, .25, .15, .14, .5, .25, .85, .5, .96, .76, .85, .86, .5, .75, .15, .5, .04)],
            [Curve(.62, .05, .3, .12, .17, .48, .28, .88, .55, .94, .8, .72, .84, .35, .66, .08, .5, .05)],
        ],
        [
            [Line(.5, .04, .5, .96)],
            [Line(.3, .24, .53, .04, .53, .96)],
            [Line(.32, .22, .52, .04, .52, .95), Line(.3, .95, .74, .95)],
        ],
        [
            [Curve(.18, .28, .3, .1, .54, .04, .78, .2, .72, .45, .45, .7, .18, .94), Line(.18, .94, .84, .92)],
            [Curve(.22, .22, .46, .05, .75, .2, .66, .55, .34, .87, .19, .84, .3, .73, .52, .84, .84, .92)],
        ],
        [
            [
                Curve(.2, .15, .48, .04, .76, .18, .68, .4, .42, .48),
                Curve(.42, .48, .74, .55, .8, .78, .52, .95, .17, .85),
            ],
            [Line(.2, .07, .76, .07, .46, .42), Curve(.46, .42, .76, .52, .78, .8, .5, .95, .18, .85)],
        ],
        [
            [Line(.6, .04, .14, .63, .86, .63), Line(.66, .34, .63, .96)],
            [Line(.26, .05, .2, .5, .78, .5), Line(.76, .05, .7, .96)],
        ],
        [
            [Line(.78, .07, .3, .07, .26, .44), Curve(.26, .44, .54, .37, .8, .55, .74, .86, .45, .95, .17, .84)],
            [Curve(.76, .06, .36, .08, .28, .38, .6, .46, .76, .68, .6, .92, .2, .9)],
        ],
        [
            [Curve(.68, .05, .38, .22, .2, .58, .28, .88, .56, .95, .78, .76, .64, .54, .38, .56, .22, .74)],
            [Curve(.5, .04, .28, .4, .22, .76, .46, .95, .74, .82, .7, .6, .46, .54, .26, .7)],
        ],
        [
            [Line(.15, .08, .84, .08, .42, .96)],
            [Line(.16, .1, .82, .08, .46, .96), Line(.3, .5, .74, .5)],
            [Curve(.14, .14, .4, .08, .82, .1, .6, .45, .46, .96)],
        ],
        [
            [Curve(.5, .49, .26, .28, .5, .04, .74, .28, .5, .49, .22, .74, .5, .96, .78, .74, .5, .49)],
            [Curve(.74, .14, .44, .06, .28, .26, .52, .48, .76, .74, .5, .95, .24, .76, .5, .48, .74, .14)],
        ],
        [
            [Curve(.76, .28, .52, .05, .25, .22, .3, .46, .56, .5, .76, .28), Curve(.76, .28, .74, .62, .62, .96)],
            [
                Curve(.74, .24, .48, .06, .24, .28, .4, .48, .66, .42, .74, .24),
                Curve(.74, .24, .76, .66, .58, .94, .28, .9),
            ],
        ],
    ];

    private static Stroke Curve(params double[] points) => new(points, IsCurve: true);

    private static Stroke Line(params double[] points) => new(points, IsCurve: false);
}
