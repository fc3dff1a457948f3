using System.ComponentModel;
using System.Diagnostics;

namespace Reproduction.Campaign;

/// <summary>Runs programs of the operating system.</summary>
internal static class Shell
{
    /// <summary>Runs a program to its end. The code is 127 if there is no such program.</summary>
    public static (int Code, string Output) Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true }
            )!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            error.Wait();
            return (process.ExitCode, output.Trim());
        }
        catch (Win32Exception)
        {
            return (127, "");
        }
    }

    /// <summary>Sends a signal, as <c>kill -NAME</c> does.</summary>
    public static void Signal(this Process process, string name) => Run("kill", $"-{name}", $"{process.Id}");
}
