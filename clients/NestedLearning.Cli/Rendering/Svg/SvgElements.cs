using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace NestedLearning.Cli.Rendering;

/// <summary>Makes the elements of a picture; lengths are in pixels.</summary>
internal static class SvgElements
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    public static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    public static XElement Rectangle(double x, double y, double width, double height, string fill) => Element(
        "rect",
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        new XAttribute("width", Number(width)),
        new XAttribute("height", Number(height)),
        new XAttribute("fill", fill));

    /// <summary>Text whose middle stands at <paramref name="y"/>.</summary>
    public static XElement Text(double x, double y, string anchor, double size, string fill, string text) => Element(
        "text",
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y + (0.35 * size))),
        new XAttribute("text-anchor", anchor),
        new XAttribute("font-size", Number(size)),
        new XAttribute("fill", fill),
        Clean(text));

    /// <summary>The same element, turned around a point.</summary>
    public static XElement Turned(this XElement element, double degrees, double x, double y)
    {
        element.SetAttributeValue("transform", $"rotate({Number(degrees)} {Number(x)} {Number(y)})");
        return element;
    }

    public static XElement Bold(this XElement text)
    {
        text.SetAttributeValue("font-weight", "600");
        return text;
    }

    public static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    /// <summary>The text without what XML cannot hold; a question mark stands for it.</summary>
    public static string Clean(string text)
    {
        char[] clean = text.ToCharArray();
        for (int i = 0; i < clean.Length; i++)
        {
            bool isPair = i + 1 < clean.Length && char.IsSurrogatePair(clean[i], clean[i + 1]);
            if (isPair)
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(clean[i]))
            {
                clean[i] = '?';
            }
        }

        return new string(clean);
    }
}
