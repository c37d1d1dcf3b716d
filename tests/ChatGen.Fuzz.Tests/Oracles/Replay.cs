using System.Globalization;

namespace ChatGen.Fuzz.Tests.Oracles;

/// <summary>A second reading that must come to the same.</summary>
internal sealed record Replay(string Name, string Culture = "", bool IsCrLf = false)
{
    public static IReadOnlyList<Replay> All { get; } =
    [
        new("a second time"), new("under tr-TR", "tr-TR"), new("under de-DE", "de-DE"), new("under sv-SE", "sv-SE"), new("with CRLF", IsCrLf: true),
    ];

    /// <summary>Whether the cultures are real ones, which needs ICU.</summary>
    public static bool HasCultures { get; } = AreCulturesReal();

    public Generated Run(string text, string ns)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Culture.Length > 0 && HasCultures ? CultureInfo.GetCultureInfo(Culture) : CultureInfo.InvariantCulture;
        try
        {
            return Generated.From(IsCrLf ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text, ns);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static bool AreCulturesReal()
    {
        try
        {
            return CultureInfo.GetCultureInfo("tr-TR").TextInfo.ToUpper('i') == '\u0130'
                && (-1).ToString(CultureInfo.GetCultureInfo("sv-SE")) == "\u22121"
                && 0.5.ToString(CultureInfo.GetCultureInfo("de-DE")) == "0,5";
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
