using CsvHelper;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Results;

/// <summary>Spells an enum's values in tables of results as specs and the command line do.</summary>
public sealed class KebabConverter<T> : ICsvConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, object> Names = KebabCase.Values(typeof(T));

    /// <inheritdoc/>
    public T Read(CsvReader reader, int index)
    {
        ArgumentNullException.ThrowIfNull(reader);
        string text = reader.GetString(index);
        return Names.TryGetValue(text, out object? value)
            ? (T)value
            : throw new CsvFormatException($"'{text}' is none of {string.Join(", ", Names.Keys)}");
    }

    /// <inheritdoc/>
    public void Write(CsvWriter writer, T value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteField(KebabCase.From(value));
    }
}
