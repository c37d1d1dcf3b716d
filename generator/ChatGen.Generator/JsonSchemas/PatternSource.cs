using System.Text;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// Regular expressions of ECMA-262 for .NET. Only what certainly means the same is translated: a piece of syntax that the two might read differently is refused.
/// </summary>
internal static class PatternSource
{
    /// <summary>.NET matches UTF-16 code units; a code point of two of them must not be taken apart.</summary>
    private const string Pair = @"(?>[\uD800-\uDBFF][\uDC00-\uDFFF]|";

    public static bool TryTranslate(string pattern, out string translated, out string? problem)
    {
        var text = new StringBuilder();
        problem = null;
        translated = "";
        for (int i = 0; i < pattern.Length && problem is null; i++)
        {
            char character = pattern[i];
            switch (character)
            {
                case '$':
                    text.Append(@"\z");
                    break;
                case '.':
                    text.Append(Pair).Append(@"[^\n\r\u2028\u2029])");
                    break;
                case '\\':
                    problem = Escape(pattern, ref i, text);
                    break;
                case '[':
                    problem = Class(pattern, ref i, text);
                    break;
                case '(':
                    problem = Group(pattern, ref i, text);
                    break;
                case '{':
                    problem = Quantifier(pattern, ref i, text);
                    break;
                case ']' or '}':
                    problem = $"'{character}' has to be escaped";
                    break;
                case >= '\ud800' and <= '\udfff':
                    problem = "characters beyond U+FFFF are not supported";
                    break;
                default:
                    text.Append(character);
                    break;
            }
        }

        if (problem is null)
        {
            try
            {
                _ = new System.Text.RegularExpressions.Regex(text.ToString(), System.Text.RegularExpressions.RegexOptions.CultureInvariant);
                translated = text.ToString();
                return true;
            }
            catch (ArgumentException exception)
            {
                problem = exception.Message;
            }
        }

        return false;
    }

    private static string? Escape(string pattern, ref int i, StringBuilder text)
    {
        if (i + 1 == pattern.Length)
        {
            return "it ends in a backslash";
        }

        char kind = pattern[++i];
        switch (kind)
        {
            case 'd':
                text.Append("[0-9]");
                return null;
            case 'w':
                text.Append("[A-Za-z0-9_]");
                return null;
            case 'D':
                text.Append(Pair).Append("[^0-9])");
                return null;
            case 'W':
                text.Append(Pair).Append("[^A-Za-z0-9_])");
                return null;
            case 't' or 'n' or 'r' or 'f' or 'v':
                text.Append('\\').Append(kind);
                return null;
            case '^' or '$' or '\\' or '.' or '*' or '+' or '?' or '(' or ')' or '[' or ']' or '{' or '}' or '|' or '/' or '-':
                text.Append('\\').Append(kind);
                return null;
            default:
                return $"the escape '\\{kind}' is not supported";
        }
    }

    private static string? Class(string pattern, ref int i, StringBuilder text)
    {
        int end = pattern.IndexOf(']', i + 1);
        if (end < 0)
        {
            return "a character class is not closed";
        }

        string content = pattern.Substring(i + 1, end - i - 1);
        i = end;
        bool isNegated = content.StartsWith("^", StringComparison.Ordinal);
        string characters = isNegated ? content.Substring(1) : content;

        // A range over surrogates, a subtraction or an escape within a class might be read differently.
        if (characters.Length == 0 || !characters.All(character => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.' or ' ' or '#' or ':' or '@' or '/' or '+' or ','))
        {
            return $"the character class '[{content}]' is not supported";
        }

        text.Append(isNegated ? Pair : "").Append('[').Append(content).Append(']').Append(isNegated ? ")" : "");
        return null;
    }

    private static string? Group(string pattern, ref int i, StringBuilder text)
    {
        foreach (string opening in new[] { "(?:", "(?=", "(?!" })
        {
            if (string.CompareOrdinal(pattern, i, opening, 0, 3) == 0)
            {
                text.Append(opening);
                i += 2;
                return null;
            }
        }

        if (i + 1 < pattern.Length && pattern[i + 1] == '?')
        {
            return "only groups that open by '(', '(?:', '(?=' or '(?!' are supported";
        }

        // Nothing refers back to a group.
        text.Append("(?:");
        return null;
    }

    private static string? Quantifier(string pattern, ref int i, StringBuilder text)
    {
        int end = pattern.IndexOf('}', i);
        string content = end < 0 ? "" : pattern.Substring(i + 1, end - i - 1);
        if (content.Length == 0 || content[0] == ',' || content.Count(character => character == ',') > 1 || !content.All(character => character is ',' or (>= '0' and <= '9')))
        {
            return "a brace that is no quantifier has to be escaped";
        }

        text.Append('{').Append(content).Append('}');
        i = end;
        return null;
    }
}
