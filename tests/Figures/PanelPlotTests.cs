using Reproduction.Figures;
using ScottPlot;
using ScottPlot.Plottables;

namespace Reproduction.Tests.Figures;

public class PanelPlotTests
{
    [Fact]
    public void Bars_reach_from_the_lower_end_to_the_upper_one()
    {
        ErrorBar bars = PanelPlot.AddBars(new Plot(), Colors.Black, [1], [5], [2], [6]);
        Assert.Equal((3.0, 1.0), (bars.YErrorNegative![0], bars.YErrorPositive![0]));
        CoordinateRect limits = bars.GetAxisLimits().Rect;
        Assert.Equal((2.0, 6.0), (limits.Bottom, limits.Top));
    }
}
