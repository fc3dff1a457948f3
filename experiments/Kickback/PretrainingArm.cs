using Reproduction.Network;

namespace Reproduction.Experiments.Kickback;

/// <summary>A rule and the initial weights of its ten networks.</summary>
internal sealed record PretrainingArm(string Rule, Initialization Initialization)
{
    /// <summary>The arm in words.</summary>
    public string Label
    {
        get
        {
            string rule = Rule == KickbackArm.BackpropRule ? "Backprop" : "Kickback";
            return $"{rule}, {KickbackArm.Signs(Initialization)}";
        }
    }
}
