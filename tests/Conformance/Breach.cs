namespace Reproduction.Tests.Conformance;

/// <summary>The breach of the contract by a <see cref="BadRule"/>.</summary>
public enum Breach
{
    None,
    AmbientRandomness,
    SeedIgnored,
    WritesWeights,
    WritesOutput,
    NotANumber,
    NeedsTwoUnits,
    ReadsTargets,
    ChangesSupervision,
    HiddenState,
    LosesState,
    ReadsAbove,
    ReadsBelow,
    ReadsRecordBelow,
    ReadsAboveForBias,
    ReadsAboveLater,
    AddsToProposal,
    ReadsScratch,
    SumsColumns,
    LateralParameter,
    LateralState,
    MixesSamples,
    RemembersInObject,
    WritesWhileInferring,
    RefusesAll,
    RefusesTwoLayers,
}
