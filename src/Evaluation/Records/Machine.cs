using System.Reflection;
using System.Runtime.InteropServices;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Reproduction.Evaluation.Records;

/// <summary>The software and the machine that made a run.</summary>
/// <param name="Version">Version of the executable, with the commit.</param>
/// <param name="Libraries">Versions of the libraries that results depend on.</param>
/// <param name="Provider">Name of the linear algebra provider.</param>
public sealed record Machine(
    string Version,
    string Libraries,
    string Provider,
    string Processor,
    string OperatingSystem,
    string Runtime
)
{
    /// <summary>The software and machine of this process.</summary>
    public static Machine Current { get; } =
        new(
            VersionOf(Assembly.GetEntryAssembly() ?? typeof(Machine).Assembly),
            $"MathNet.Numerics {VersionOf(typeof(LinearAlgebraControl).Assembly)}, System.Numerics.Tensors "
                + $"{VersionOf(typeof(System.Numerics.Tensors.TensorPrimitives).Assembly)}",
            LinearAlgebraControl.Provider.ToString()!,
            ProcessorName(),
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription
        );

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? assembly.GetName().Version!.ToString();

    private static string ProcessorName()
    {
        const string cpuInfo = "/proc/cpuinfo";
        string? model = File.Exists(cpuInfo)
            ? File.ReadLines(cpuInfo)
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(':')[1]
                .Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} "
            + "logical processors";
    }
}
