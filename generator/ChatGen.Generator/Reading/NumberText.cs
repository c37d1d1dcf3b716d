using System.Globalization;

namespace ChatGen.Generator.Reading;

/// <summary>Integers to and from text, the same on every machine.</summary>
internal static class NumberText
{
    public static bool TryParseInt32(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static string Write(int value) => value.ToString(CultureInfo.InvariantCulture);
}
