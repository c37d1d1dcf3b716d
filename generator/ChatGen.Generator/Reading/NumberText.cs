using System.Globalization;

namespace ChatGen.Generator.Reading;

/// <summary>Integers to and from text, the same on every machine.</summary>
internal static class NumberText
{
    public static bool TryParseInt32(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>A number of at most 28 digits, so that none is lost.</summary>
    public static bool TryParseDecimal(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        && text.TakeWhile(character => character is not ('e' or 'E')).Count(char.IsDigit) <= 28;

    public static string Write(int value) => value.ToString(CultureInfo.InvariantCulture);
}
