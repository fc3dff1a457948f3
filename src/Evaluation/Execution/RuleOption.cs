using System.Globalization;
using System.Reflection;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>One option of a rule, read off a property of its options record.</summary>
public sealed class RuleOption
{
    private readonly PropertyInfo property;
    private readonly RuleOptionAttribute attribute;

    internal RuleOption(PropertyInfo property, RuleOptionAttribute attribute, object defaults)
    {
        if (
            property.PropertyType != typeof(double)
            && property.PropertyType != typeof(int)
            && property.PropertyType != typeof(bool)
            && !property.PropertyType.IsEnum
        )
        {
            throw new SpecificationException(
                $"option {property.DeclaringType}.{property.Name}: an option is a double, an int, a bool "
                    + $"or an enum, not {property.PropertyType.Name}"
            );
        }

        this.property = property;
        this.attribute = attribute;
        Name = KebabCase.From(property.Name);
        Default = Format(property.GetValue(defaults)!);
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

            bool hasMinimum = double.IsFinite(attribute.Minimum),
                hasMaximum = double.IsFinite(attribute.Maximum);
            string kind = type == typeof(int) ? "a whole number" : "a number";
            string minimum = string.Create(CultureInfo.InvariantCulture, $"{attribute.Minimum}");
            string maximum = string.Create(CultureInfo.InvariantCulture, $"{attribute.Maximum}");
            return (hasMinimum, hasMaximum) switch
            {
                (true, true) => $"{kind} from {minimum} to {maximum}",
                (true, false) => attribute.IsMinimumExcluded
                    ? $"{kind} above {minimum}"
                    : $"{kind} of at least {minimum}",
                (false, true) => $"{kind} of at most {maximum}",
                _ => kind,
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

        return type != typeof(int) ? number
            : number == Math.Truncate(number) ? (int)number
            : null;
    }
}
