using Reproduction.Data;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>What all experiments on target propagation have in common.</summary>
public abstract class TargetPropagationExperiment : Experiment
{
    /// <inheritdoc/>
    public override string Paper => TargetPropagationProtocol.Paper;

    /// <summary>Images of grey levels.</summary>
    public override string? DataSetFor(string chosen) => chosen == CifarDataSet.Cifar10.Id ? null : base.DataSetFor(chosen);
}
