using System.Security.Cryptography;
using Reproduction.Evaluation.Store;

namespace Reproduction.Campaign.Disturbances;

/// <summary>Remembers the records of a results folder, and notices those that are lost, changed or torn.</summary>
internal sealed class RecordWatch(string results)
{
    private readonly Dictionary<string, string> known = [];

    /// <summary>Returns the paths of the records in a results folder.</summary>
    public static IReadOnlyList<string> Records(string results) => RunStore.Records(Path.Combine(results, "runs"));

    /// <summary>The number of known records.</summary>
    public int Count => known.Count;

    /// <summary>Checks all records and remembers the new ones.</summary>
    /// <returns>The number of known records that are gone or changed, plus that of new ones that are torn.</returns>
    public int Lost()
    {
        HashSet<string> there = [.. Records(results)];
        int lost = known.Keys.Count(path => !there.Contains(path));
        foreach (string path in there)
        {
            string content = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
            if (known.TryAdd(path, content) ? !RunStore.IsWhole(path) : known[path] != content)
            {
                lost++;
                known[path] = content;
            }
        }

        return lost;
    }
}
