namespace Reproduction.Evaluation.Execution;

/// <summary>What an assembly from outside the suite may contribute.</summary>
public enum PluginKind
{
    /// <summary>A learning rule, marked with <see cref="Network.LearningRuleAttribute"/>.</summary>
    Rule,

    /// <summary>An activation, marked with <see cref="Network.ActivationAttribute"/>.</summary>
    Activation,

    /// <summary>A data set, marked with <see cref="Data.DataSetAttribute"/>.</summary>
    DataSet,

    /// <summary>A probe, marked with <see cref="Probes.ProbeAttribute"/>.</summary>
    Probe,

    /// <summary>An instrument, marked with <see cref="Training.InstrumentAttribute"/>.</summary>
    Instrument,
}
