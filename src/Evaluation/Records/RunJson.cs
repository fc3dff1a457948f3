using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Reproduction.Network;

namespace Reproduction.Evaluation.Records;

/// <summary>Reads and writes specs and records as JSON.</summary>
public static class RunJson
{
    // A spec in which every property that has a default is at its default.
    private static readonly RunSpec Blank = new()
    {
        DataSet = "",
        HoldOutValidation = false,
        Hidden = [],
        Activation = "",
        Output = "",
        Initialization = default,
        Rule = "",
        Optimizer = OptimizerKind.Sgd,
        LearningRate = 0,
        Constraint = WeightConstraint.None,
        Epochs = 0,
        Batch = 0,
        Seed = 0,
    };

    /// <summary>
    /// The serializer options: camel-case properties, kebab-case enums, unknown keys refused, and a spec's properties
    /// left out if they are at their default.
    /// </summary>
    public static JsonSerializerOptions Options { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutDefaults } },
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        };

    /// <summary>Reads what was written with <see cref="Options"/>; returns null if it is damaged.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void LeaveOutDefaults(JsonTypeInfo type)
    {
        bool isSpec = type.Type == typeof(RunSpec);
        foreach (JsonPropertyInfo property in isSpec ? type.Properties.Where(HasDefault) : [])
        {
            object? atDefault = property.Get!(Blank);
            property.ShouldSerialize = (_, value) => !IsSame(value, atDefault);
        }

        // The version is always written, because it says at the beginning of a file how to read the rest.
        static bool HasDefault(JsonPropertyInfo property) => !property.IsRequired && property.Name != "version";
    }

    private static bool IsSame(object? value, object? atDefault) =>
        value is ICollection collection ? collection.Count == 0 : Equals(value, atDefault);

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
