namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F2: the layer normalisation that the text has and the code never built.</summary>
internal sealed class LayerNormalizationNeverBuilt()
    : FaultExperiment(
        "F2",
        "fault-2-layer-normalization",
        "what would the layer normalisation change that the text has and the code lacks?",
        with: new("no layer normalisation (as coded)", Setup.Published, PublishedProtocol.Published),
        without: new("layer normalisation", Setup.LayerNormalized, PublishedProtocol.Published),
        "The text normalises the inputs of every layer; the code overwrote the option before use. The "
            + "repaired side is trained and probed with layer normalisation before both layers, and nothing "
            + "else is changed."
    );
