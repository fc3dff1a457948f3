using System.Diagnostics;
using Reproduction.Data;
using Reproduction.Evaluation.Records;

namespace Reproduction.Campaign.Fuzzing;

/// <summary>The outcome of giving a reader many changed files.</summary>
/// <param name="Refused">The number of files refused with one of the suite's own exceptions. The others were read: not
/// every change is damage.</param>
/// <param name="Defects">Descriptions of the first few defects: other exceptions, refusals without a message, and
/// reading that took too much memory.</param>
internal sealed record FuzzResult(
    string Reader,
    int Inputs,
    int Refused,
    TimeSpan Slowest,
    long MostAllocated,
    int DefectCount,
    IReadOnlyList<string> Defects
);

/// <summary>Gives a reader changed files.</summary>
internal static class Fuzz
{
    // Far beyond what any read takes on a busy machine: a read that is still at it after this hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="folder">The folder for the file that is read. Files that cause a defect are kept there.</param>
    public static FuzzResult Run(FuzzedReader reader, int seed, int inputs, string folder)
    {
        Random random = new(seed);
        Mutator mutator = new(random, reader.Words);
        string path = Path.Combine(folder, reader.Name.Replace(' ', '-'));
        int refused = 0,
            defectCount = 0;
        TimeSpan slowest = TimeSpan.Zero;
        long most = 0;
        List<string> defects = [];
        Stopwatch clock = new();

        // A read that never ends cannot be measured afterwards, so a timer watches it.
        using Timer watchdog = new(
            _ =>
            {
                if (clock.Elapsed > Patience)
                {
                    Environment.FailFast($"{reader.Name}: hangs on {path}");
                }
            },
            null,
            Patience / 10,
            Patience / 10
        );
        for (int i = 0; i < inputs; i++)
        {
            FuzzedFile file = reader.Files[random.Next(reader.Files.Count)];
            byte[] content = mutator.Mutate(file.Content);
            File.WriteAllBytes(path, file.Wrap(content));
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            clock.Restart();
            string? defect = null;
            try
            {
                reader.Read(path);
            }
            catch (Exception exception)
                when (exception is DataSetException or SpecificationException or ResultsException)
            {
                refused++;
                defect = exception.Message.Length == 0 ? "a refusal without a word" : null;
            }
            catch (Exception exception)
            {
                defect =
                    $"{exception.GetType().Name}: {exception.Message} {exception.StackTrace?.Split('\n')[0].Trim()}";
            }

            TimeSpan time = clock.Elapsed;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            (slowest, most) = (time > slowest ? time : slowest, Math.Max(most, allocated));
            defect ??=
                !reader.IsVouchedFor && allocated > reader.Allowance + (256L * content.Length)
                    ? $"{allocated >> 20} MiB for {content.Length} bytes"
                    : null;
            if (defect is not null)
            {
                defectCount++;
                if (!defects.Contains(defect) && defects.Count < 20)
                {
                    defects.Add(defect);
                    File.Copy(path, $"{path}.defect-{defects.Count}", overwrite: true);
                }
            }
        }

        File.Delete(path);
        return new FuzzResult(reader.Name, inputs, refused, slowest, most, defectCount, defects);
    }
}
