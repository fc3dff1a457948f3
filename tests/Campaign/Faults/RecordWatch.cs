using System.Security.Cryptography;
using Reproduction.Evaluation.Store;

namespace Reproduction.Campaign.Faults;

/// <summary>Remembers the records of a results folder, and notices those that are lost, changed or torn.</summary>
internal sealed class RecordWatch(string results)
{
    private readonly Dictionary<string, string> known = [];

    /// <summary>The paths of a results folder's records.</summary>
    public static IReadOnlyList<string> Records(string results) => RunStore.Records(Path.Combine(results, "runs"));

    /// <summary>How many are known.</summary>
    public int Count => known.Count;

    /// <summary>Looks at all records, and remembers those that are new.</summary>
    /// <returns>How many that were known are gone or changed, and how many new ones are not whole.</returns>
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
