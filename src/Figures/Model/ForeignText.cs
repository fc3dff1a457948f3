using System.Text;
using System.Xml;

namespace Reproduction.Figures;

/// <summary>Cleans text from outside for use in SVG and HTML.</summary>
public static class ForeignText
{
    /// <summary>
    /// Returns the text with U+FFFD in place of each character that an XML document may not contain, not even escaped:
    /// control characters and unpaired surrogates.
    /// </summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                clean.Append(text[i]);
            }
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else
            {
                clean.Append('\uFFFD');
            }
        }

        return clean.ToString();
    }
}
