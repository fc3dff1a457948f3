using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Reproduction.CommandLine.Slurm;

/// <summary>Makes a copy of this executable for other processes to run.</summary>
internal static class PublishedApp
{
    /// <summary>
    /// Copies the executable's folder into another folder, under a name derived from its content. A copy that exists
    /// already is left as it is.
    /// </summary>
    /// <returns>The path of the copy.</returns>
    public static string CopyTo(string folder)
    {
        string source = AppContext.BaseDirectory;
        string[] files =
        [
            .. Directory
                .EnumerateFiles(source, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(source, path))
                .Where(IsForThisSystem)
                .Order(StringComparer.Ordinal),
        ];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            hash.AppendData(File.ReadAllBytes(Path.Combine(source, file)));
        }

        string target = Path.Combine(folder, $"app-{Convert.ToHexStringLower(hash.GetHashAndReset())[..12]}");
        if (Directory.Exists(target))
        {
            return target;
        }

        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        foreach (string file in files)
        {
            string copy = Path.Combine(temporary, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(source, file), copy);
        }

        try
        {
            Directory.Move(temporary, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Another process was quicker and has copied the same files.
            Directory.Delete(temporary, recursive: true);
        }

        return target;
    }

    /// <summary>
    /// Whether this system needs a file. Native libraries of other systems, in <c>runtimes/SYSTEM</c>, take hundreds of
    /// megabytes.
    /// </summary>
    private static bool IsForThisSystem(string file)
    {
        string system = OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : "linux",
            architecture = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        return file.Split(Path.DirectorySeparatorChar) is not ["runtimes", { } name, ..]
            || name == system
            || name == "unix"
            || name == $"{system}-{architecture}";
    }
}
