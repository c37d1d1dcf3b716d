using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace ChatGen.Generator.Reading;

/// <summary>JSON names to C# names.</summary>
internal static class Names
{
    // Metadata takes 1023 bytes, and names of members are put together.
    private const int MaxLength = 200;

    /// <summary><c>serverUrl</c> to <c>ServerUrl</c>; whatever cannot stand in an identifier separates words. What is too long is cut.</summary>
    public static string ToPascal(string json)
    {
        var name = new StringBuilder(Math.Min(json.Length, MaxLength));
        bool startsWord = true;
        foreach (char character in json)
        {
            if (name.Length == MaxLength)
            {
                break;
            }

            if (!IsIdentifierPart(character))
            {
                startsWord = true;
                continue;
            }

            name.Append(startsWord ? char.ToUpperInvariant(character) : character);
            startsWord = false;
        }

        if (name.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(name[0]))
        {
            name.Insert(0, '_');
        }

        return name.ToString();
    }

    /// <summary><c>serverUrl</c> to <c>serverUrl</c>, escaped if it is a keyword.</summary>
    public static string ToParameter(string json)
    {
        string pascal = ToPascal(json);
        string camel = char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
        return SyntaxFacts.GetKeywordKind(camel) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(camel) == SyntaxKind.None ? camel : "@" + camel;
    }

    public static bool IsNamespace(string name) => name.Length > 0 && name.Split('.').All(part =>
        SyntaxFacts.IsValidIdentifier(part) && SyntaxFacts.GetKeywordKind(part) == SyntaxKind.None);

    // Formatting characters (category Cf) may stand in an identifier but are not part of it, so that two names would be one.
    private static bool IsIdentifierPart(char character) =>
        SyntaxFacts.IsIdentifierPartCharacter(character) && character != '_' && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.Format;
}
