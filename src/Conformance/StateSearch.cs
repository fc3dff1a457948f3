using System.Text.Json.Nodes;

namespace Reproduction.Conformance;

/// <summary>Searches a rule's saved state for weights between the units of a layer.</summary>
internal static class StateSearch
{
    /// <summary>
    /// Sets all arrays of units × units numbers to 0, flat or as rows; returns whether there was one.
    /// </summary>
    public static bool ClearSquares(JsonNode? node, int units)
    {
        bool isFound = false;
        switch (node)
        {
            case JsonObject parent:
                foreach ((string _, JsonNode? child) in parent)
                {
                    isFound |= ClearSquares(child, units);
                }

                break;
            case JsonArray array when AreNumbers(array) && array.Count == units * units && units > 1:
                Clear(array);
                return true;
            case JsonArray array
                when array.Count == units
                    && units > 1
                    && array.All(row => row is JsonArray numbers && numbers.Count == units && AreNumbers(numbers)):
                foreach (JsonNode? row in array)
                {
                    Clear((JsonArray)row!);
                }

                return true;
            case JsonArray array:
                foreach (JsonNode? child in array)
                {
                    isFound |= ClearSquares(child, units);
                }

                break;
        }

        return isFound;
    }

    private static bool AreNumbers(JsonArray array) =>
        array.All(item => item is JsonValue value && value.TryGetValue(out double _));

    private static void Clear(JsonArray numbers)
    {
        for (int i = 0; i < numbers.Count; i++)
        {
            numbers[i] = 0;
        }
    }
}
