using System.Text.Json;

namespace Reproduction.Evaluation.Records;

/// <summary>Spells names as specs and the command line do: in lower case, with hyphens.</summary>
public static class KebabCase
{
    public static string From(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    /// <summary>Returns the name of an enum value.</summary>
    public static string From(Enum value) => From(value.ToString());

    /// <summary>Returns all values of an enum type by name.</summary>
    public static Dictionary<string, object> Values(Type enumType) =>
        Enum.GetValuesAsUnderlyingType(enumType)
            .Cast<object>()
            .Select(value => Enum.ToObject(enumType, value))
            .ToDictionary(value => From((Enum)value));
}
