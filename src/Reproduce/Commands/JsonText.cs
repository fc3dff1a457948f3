using System.Text.Encodings.Web;
using System.Text.Json;

namespace Reproduction.CommandLine.Commands;

/// <summary>How commands write JSON for other programs.</summary>
internal static class JsonText
{
    /// <summary>Indented; a character such as + stands for itself, as no page of HTML is made of it.</summary>
    public static JsonSerializerOptions Indented { get; } =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
