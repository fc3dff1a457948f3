using System.Text;
using System.Xml;

namespace Reproduction.Figures;

/// <summary>Text from outside in SVG and HTML.</summary>
public static class ForeignText
{
    /// <summary>
    /// The same text, with U+FFFD for each character that no XML document may have, not even escaped: control
    /// characters, halves of pairs.
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
