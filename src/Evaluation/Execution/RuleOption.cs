using System.Globalization;
using System.Reflection;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>One option of a rule, read off a property of its options record.</summary>
public sealed class RuleOption
{
    // A comma separates options and rules on the command line.
    private const char Separator = '/';

    private readonly PropertyInfo property;
    private readonly RuleOptionAttribute attribute;

    internal RuleOption(PropertyInfo property, RuleOptionAttribute attribute, object defaults)
    {
        if (
            property.PropertyType != typeof(double)
            && property.PropertyType != typeof(int)
            && property.PropertyType != typeof(bool)
            && property.PropertyType != typeof(string)
            && property.PropertyType != typeof(double[])
            && property.PropertyType != typeof(int[])
            && !property.PropertyType.IsEnum
        )
        {
            throw new SpecificationException(
                $"option {property.DeclaringType}.{property.Name}: an option is a double, an int, a bool, "
                    + $"a string, an enum, or an array of doubles or ints, not {property.PropertyType.Name}"
            );
        }

        this.property = property;
        this.attribute = attribute;
        Name = KebabCase.From(property.Name);
        Default = Format(property.GetValue(defaults)!);
    }

    /// <summary>Returns this option under a longer name, for a rule that is one of several.</summary>
    /// <param name="prefix">What stands before the name.</param>
    internal RuleOption Within(string prefix) => new(this, prefix);

    private RuleOption(RuleOption option, string prefix)
    {
        (property, attribute, Default) = (option.property, option.attribute, option.Default);
        Name = prefix + option.Name;
    }

    public string Name { get; }

    public string Description => attribute.Description;

    public string Default { get; }

    /// <summary>The values that the option takes, in words.</summary>
    public string Range
    {
        get
        {
            Type type = property.PropertyType;
            if (type.IsEnum)
            {
                return string.Join(" | ", KebabCase.Values(type).Keys);
            }

            if (type == typeof(bool))
            {
                return "true | false";
            }

            if (type == typeof(string))
            {
                return "a word: no white space, commas or brackets";
            }

            bool hasMinimum = double.IsFinite(attribute.Minimum),
                hasMaximum = double.IsFinite(attribute.Maximum);
            bool isWhole = type == typeof(int) || type == typeof(int[]);
            string kind =
                type.IsArray ? $"{(isWhole ? "whole numbers" : "numbers")} separated by {Separator}, each"
                : isWhole ? "a whole number"
                : "a number";
            string minimum = string.Create(CultureInfo.InvariantCulture, $"{attribute.Minimum}");
            string maximum = string.Create(CultureInfo.InvariantCulture, $"{attribute.Maximum}");
            return (hasMinimum, hasMaximum) switch
            {
                (true, true) => $"{kind} from {minimum} to {maximum}",
                (true, false) => attribute.IsMinimumExcluded
                    ? $"{kind} above {minimum}"
                    : $"{kind} of at least {minimum}",
                (false, true) => $"{kind} of at most {maximum}",
                _ => type.IsArray ? kind[..^", each".Length] : kind,
            };
        }
    }

    /// <summary>Sets the option on an options record.</summary>
    /// <returns>The value as a spec spells it.</returns>
    /// <exception cref="SpecificationException">The text is not a valid value of the option.</exception>
    internal string Set(object options, string rule, string text)
    {
        object value =
            Parse(text) ?? throw new SpecificationException($"--set {Name}={text}: rule {rule} takes {Range}");
        property.SetValue(options, value);
        return Format(value);
    }

    private static string Format(object value) =>
        value switch
        {
            bool flag => flag ? "true" : "false",
            Enum name => KebabCase.From(name),
            Array list => string.Join(Separator, list.Cast<object>().Select(Format)),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private object? Parse(string text)
    {
        Type type = property.PropertyType;
        if (type.IsEnum)
        {
            return KebabCase.Values(type).GetValueOrDefault(text);
        }

        if (type == typeof(bool))
        {
            return bool.TryParse(text, out bool flag) ? flag : null;
        }

        if (type == typeof(string))
        {
            return text.Length > 0 && !text.Any(letter => char.IsWhiteSpace(letter) || letter is ',' or '[' or ']')
                ? text
                : null;
        }

        if (!type.IsArray)
        {
            return ParseNumber(text, type == typeof(int));
        }

        object?[] parts = [.. text.Split(Separator).Select(part => ParseNumber(part, type == typeof(int[])))];
        return parts.Contains(null) ? null
            : type == typeof(int[]) ? parts.Cast<int>().ToArray()
            : parts.Cast<double>().ToArray();
    }

    private object? ParseNumber(string text, bool isWhole)
    {
        if (
            !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            || !double.IsFinite(number)
            || number < attribute.Minimum
            || number > attribute.Maximum
            || (attribute.IsMinimumExcluded && number == attribute.Minimum)
        )
        {
            return null;
        }

        return !isWhole ? number
            : number == Math.Truncate(number) ? (int)number
            : null;
    }
}
