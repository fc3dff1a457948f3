namespace Reproduction.Studies.Claims;

/// <summary>
/// The claims of one paper. Every concrete subclass with a parameterless constructor is found; nothing else needs to be
/// edited to add one.
/// </summary>
public abstract class PaperClaims
{
    /// <summary>The paper's folder, in kebab case.</summary>
    public abstract string Paper { get; }

    /// <summary>The claims, in the order of the ledger.</summary>
    public abstract IEnumerable<Claim> Claims { get; }
}
