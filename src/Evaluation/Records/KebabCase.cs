using System.Text.Json;

namespace Reproduction.Evaluation.Records;

/// <summary>The one spelling of names in specs and on the command line: lower case, hyphens.</summary>
public static class KebabCase
{
    public static string From(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    /// <summary>The name of an enum's value.</summary>
    public static string From(Enum value) => From(value.ToString());

    /// <summary>All values of an enum type by their names.</summary>
    public static Dictionary<string, object> Values(Type enumType) =>
        Enum.GetValuesAsUnderlyingType(enumType)
            .Cast<object>()
            .Select(value => Enum.ToObject(enumType, value))
            .ToDictionary(value => From((Enum)value));
}
