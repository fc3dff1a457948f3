using Reproduction.Statistics;

namespace Reproduction.Tests.Evaluation;

public class SeedIntervalTests
{
    [Fact]
    public void Mean_and_half_width_are_Students()
    {
        // s = 1, t(0.975; 4 degrees of freedom) = 2.776445105, n = 5.
        double deviation = Math.Sqrt(2.5);
        SeedInterval interval = SeedInterval.Of([1, 2, 3, 4, 5]);
        Assert.True(interval.HasInterval);
        Assert.Equal(3, interval.Mean, 1e-12);
        Assert.Equal(2.776445105 * deviation / Math.Sqrt(5), interval.HalfWidth, 1e-8);
        Assert.Equal(2.776445105 * deviation * Math.Sqrt(1.2), interval.PredictionHalfWidth, 1e-8);
    }

    [Fact]
    public void One_seed_has_no_interval()
    {
        SeedInterval interval = SeedInterval.Of([0.4]);
        Assert.False(interval.HasInterval);
        Assert.Equal(0.4, interval.Mean);
    }
}
