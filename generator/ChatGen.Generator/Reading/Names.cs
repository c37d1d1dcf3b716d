using System.Globalization;
using System.Text;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
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

    /// <summary>The C# name of something in the schema: what its <c>x-chat-name</c> says, or else what comes of its JSON name.</summary>
    /// <param name="node">What may have the keyword.</param>
    /// <param name="json">Its JSON name.</param>
    /// <param name="diagnostics">Takes a name that cannot be.</param>
    public static string Of(JsonNode? node, string json, DiagnosticBag diagnostics) => Chosen((node as JsonObjectNode)?["x-chat-name"], diagnostics) ?? ToPascal(json);

    /// <summary>A name that the schema's author chose; <see langword="null"/> if there is none, or, after a diagnostic, none that can be.</summary>
    public static string? Chosen(JsonNode? node, DiagnosticBag diagnostics)
    {
        if (node is null)
        {
            return null;
        }

        string? name = (node as JsonStringNode)?.Value;
        string? problem = name switch
        {
            null => "a string is needed",
            _ when !SyntaxFacts.IsValidIdentifier(name) || !name.All(character => character == '_' || IsIdentifierPart(character)) => "it is no identifier",
            // Keywords begin so, and the compiler keeps names of such types to itself.
            _ when char.IsLower(name[0]) => "it must begin with a capital letter, as generated names do",
            _ when name.All(character => character == '_') => "it must have a letter",
            _ => null,
        };
        if (problem is null)
        {
            return name;
        }

        diagnostics.Add(Descriptors.InvalidName, node, name ?? "x-chat-name", problem);
        return null;
    }

    /// <summary><c>serverUrl</c> to <c>serverUrl</c>, escaped if it is a keyword.</summary>
    public static string ToParameter(string json)
    {
        string pascal = ToPascal(json);
        string camel = char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
        return SyntaxFacts.GetKeywordKind(camel) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(camel) == SyntaxKind.None ? camel : "@" + camel;
    }

    /// <summary>What is no namespace made one, as the SDK's templates do: <c>my-app</c> to <c>my_app</c>.</summary>
    public static string ToNamespace(string name) => string.Join(".", name.Split('.').Select(part =>
    {
        string legal = string.Concat(part.Select(character => SyntaxFacts.IsIdentifierPartCharacter(character) ? character : '_'));
        return IsNamespace(legal) ? legal : "_" + legal;
    }));

    public static bool IsNamespace(string name) => name.Length > 0 && name.Split('.').All(part =>
        SyntaxFacts.IsValidIdentifier(part) && SyntaxFacts.GetKeywordKind(part) == SyntaxKind.None);

    // Formatting characters (category Cf) may stand in an identifier but are not part of it, so that two names would be one.
    private static bool IsIdentifierPart(char character) =>
        SyntaxFacts.IsIdentifierPartCharacter(character) && character != '_' && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.Format;
}
