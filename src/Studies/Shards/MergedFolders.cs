using System.Text.Json.Nodes;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;

namespace Reproduction.Studies.Shards;

/// <summary>Joins the runs of several results folders in one.</summary>
public static class MergedFolders
{
    /// <summary>Copies the files that the target folder lacks: runs, failures of runs, and plans.</summary>
    /// <param name="folders">The results folders to join.</param>
    /// <param name="layout">The target folder, which may be one of them.</param>
    /// <param name="report">Receives what was found, line by line.</param>
    /// <exception cref="ResultsException">Two records of the same run have different measures; the message names both
    /// files, and nothing was copied.</exception>
    public static void Join(
        IReadOnlyList<DirectoryInfo> folders,
        ResultLayout layout,
        Action<string> report,
        CancellationToken cancellation
    )
    {
        string target = Path.GetFullPath(layout.Results);
        ResultLayout[] sources =
        [
            .. folders
                .Select(folder => folder.FullName)
                .Where(path => path != target)
                .Distinct()
                .Select(path => layout with { Results = path }),
        ];
        Dictionary<string, string> chosen = [];
        List<string> damaged = [];
        foreach (ResultLayout source in sources)
        {
            foreach (string path in RunStore.Records(source.Runs))
            {
                cancellation.ThrowIfCancellationRequested();
                if (RunStore.IsWhole(path))
                {
                    Choose(Path.GetFileName(path), path);
                }
                else
                {
                    damaged.Add(path);
                }
            }
        }

        int copied = 0;
        foreach ((string name, string path) in chosen)
        {
            string there = Path.Combine(layout.Runs, name);
            if (path != there)
            {
                AtomicFile.Write(there, File.ReadAllBytes(path));
                copied++;
            }
        }

        foreach (ResultLayout source in sources)
        {
            CopyMissing(
                source.Runs,
                "*.failure",
                layout.Runs,
                name => File.Exists(Path.Combine(layout.Runs, Path.ChangeExtension(name, ".json")))
            );
            CopyMissing(source.Runs, "*.provenance.json", layout.Runs, _ => false);
            CopyMissing(source.Plans, "*.json", layout.Plans, _ => false);
        }

        if (sources.Length > 0)
        {
            report(
                $"merged: {chosen.Count} run(s) of {sources.Length} folder(s), {copied} of them new in {layout.Runs}"
            );
        }

        foreach (string path in damaged)
        {
            report($"{path}: damaged or of an older version; left out");
        }

        void Choose(string name, string path)
        {
            string there = Path.Combine(layout.Runs, name);
            string? other =
                chosen.GetValueOrDefault(name) ?? (File.Exists(there) && RunStore.IsWhole(there) ? there : null);
            if (other is not null && !AreSame(other, path))
            {
                throw new ResultsException(
                    $"{other} and {path}: the same run with other results; one is of other data or of "
                        + "another build, remove it"
                );
            }

            chosen[name] = other ?? path;
        }
    }

    /// <summary>Whether two files hold the same record, whatever machine made them and how long it took.</summary>
    private static bool AreSame(string one, string other) =>
        File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other)) || Result(one) == Result(other);

    private static string Result(string path)
    {
        JsonObject record = JsonNode.Parse(File.ReadAllBytes(path))!["record"]!.AsObject();
        record.Remove("machine");
        record.Remove("seconds");
        return record.ToJsonString();
    }

    private static void CopyMissing(string from, string pattern, string to, Func<string, bool> isObsolete)
    {
        foreach (string path in Directory.Exists(from) ? Directory.EnumerateFiles(from, pattern) : [])
        {
            string there = Path.Combine(to, Path.GetFileName(path));
            if (!File.Exists(there) && !isObsolete(Path.GetFileName(path)))
            {
                AtomicFile.Write(there, File.ReadAllBytes(path));
            }
        }
    }
}
