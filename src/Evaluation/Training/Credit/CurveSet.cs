using Reproduction.Evaluation.Records;

namespace Reproduction.Evaluation.Training.Credit;

/// <summary>Collects curves by name, point by point. Values that are not finite are left out.</summary>
public sealed class CurveSet
{
    private readonly Dictionary<string, (List<int> Steps, List<double> Values)> curves = [];

    /// <summary>The curves that have points.</summary>
    public IEnumerable<(string Name, Series Curve)> Curves =>
        curves.Select(curve => (curve.Key, new Series([.. curve.Value.Steps], [.. curve.Value.Values])));

    public void Add(string name, int step, double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        if (!curves.TryGetValue(name, out (List<int> Steps, List<double> Values) curve))
        {
            curves[name] = curve = ([], []);
        }

        curve.Steps.Add(step);
        curve.Values.Add(value);
    }
}
