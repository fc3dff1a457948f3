using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using MathNet.Numerics.Providers.LinearAlgebra;
using Reproduction.Data;

namespace Reproduction.Evaluation;

/// <summary>What a reader needs to know to make the same results again, and on what machine these were made.</summary>
public sealed record Provenance
{
    private static readonly JsonSerializerOptions Indented = new(RunJson.Options) { WriteIndented = true };

    public required IReadOnlyList<string> CommandLine { get; init; }

    public required string DataSet { get; init; }

    public required string DataSetSha256 { get; init; }

    /// <summary>SHA-256 of each part's uncompressed content.</summary>
    public required IReadOnlyDictionary<string, string> DataSetParts { get; init; }

    public required IReadOnlyList<long> Seeds { get; init; }

    public required int Threads { get; init; }

    /// <summary>What does the linear algebra.</summary>
    public required string Provider { get; init; }

    public required string Processor { get; init; }

    public required string OperatingSystem { get; init; }

    public required string Runtime { get; init; }

    /// <summary>Versions of this suite and of the libraries that results depend on.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Describes results made now, on this machine.</summary>
    /// <param name="commandLine">The arguments; the user's own folder in them is written as ~.</param>
    public static Provenance Of(DataSet data, IReadOnlyList<string> commandLine, IReadOnlyList<long> seeds, int threads)
    {
        ArgumentNullException.ThrowIfNull(data);
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new Provenance
        {
            CommandLine = [.. commandLine.Select(argument => home.Length > 1 ? argument.Replace(home, "~", StringComparison.Ordinal) : argument)],
            DataSet = data.Title,
            DataSetSha256 = data.Sha256,
            DataSetParts = new SortedDictionary<string, string>(data.Checksums.ToDictionary(), StringComparer.Ordinal),
            Seeds = seeds,
            Threads = threads,
            Provider = LinearAlgebraControl.Provider.ToString()!,
            Processor = ProcessorName(),
            OperatingSystem = RuntimeInformation.OSDescription,
            Runtime = RuntimeInformation.FrameworkDescription,
            Versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["Reproduction"] = VersionOf(typeof(Provenance)),
                ["MathNet.Numerics"] = VersionOf(typeof(LinearAlgebraControl)),
                ["System.Numerics.Tensors"] = VersionOf(typeof(System.Numerics.Tensors.TensorPrimitives)),
            },
        };
    }

    public void Save(string path) => AtomicFile.Write(path, JsonSerializer.Serialize(this, Indented) + "\n");

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? type.Assembly.GetName().Version!.ToString();

    private static string ProcessorName()
    {
        const string cpuInfo = "/proc/cpuinfo";
        string? model = File.Exists(cpuInfo)
            ? File.ReadLines(cpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} logical processors";
    }
}
