using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation;

/// <summary>
/// Tells one build of the code that decides a run's result from another, so that a record is not taken for what edited code would give.
/// Builds are deterministic: unchanged sources in the same folder have the same fingerprint.
/// </summary>
public static class CodeFingerprint
{
    private static readonly Assembly[] Common = [typeof(RandomStream).Assembly, typeof(FeedForwardNetwork).Assembly, typeof(DataSet).Assembly, typeof(CodeFingerprint).Assembly];

    /// <summary>Of the rule's assembly and of all that every run goes through.</summary>
    public static string Of(RuleDescription rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        string modules = string.Join('\n', Common.Append(rule.Assembly).Select(assembly => assembly.ManifestModule.ModuleVersionId));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(modules)))[..16];
    }
}
