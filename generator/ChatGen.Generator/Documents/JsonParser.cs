using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator.Documents;

/// <summary>
/// RFC 8259 text to a positioned tree. The first syntax error is reported and ends the reading; what was read up to there is kept,
/// so that code which uses it still compiles.
/// </summary>
internal sealed class JsonParser
{
    private const int MaxDepth = 64;
    private const int MaxLength = 1024 * 1024;
    private const int MaxValues = 30_000;

    private readonly SchemaText _source;
    private readonly string _text;
    private readonly IJsonProblems? _problems;
    private readonly bool _isLenient;
    private int _position;
    private int _depth;
    private int _values;
    private bool _failed;

    private JsonParser(SchemaText source, IJsonProblems? problems, bool isLenient)
    {
        _source = source;
        _text = source.Text;
        _problems = problems;
        _isLenient = isLenient;
    }

    /// <summary>Reads a document. <paramref name="isWhole"/> says whether it was read to its end.</summary>
    public static JsonNode Parse(SchemaText source, IJsonProblems? problems, out bool isWhole) => Parse(source, problems, isLenient: false, out isWhole);

    /// <summary>Reads a document of a configuration, which may have comments, and commas behind the last member and item.</summary>
    public static JsonNode ParseConfiguration(SchemaText source, IJsonProblems? problems, out bool isWhole) => Parse(source, problems, isLenient: true, out isWhole);

    /// <summary>Reads what ChatGen itself has written.</summary>
    public static JsonNode Parse(string text) => Parse(new SchemaText("", text, isBuiltIn: false), null, out _);

    private static JsonNode Parse(SchemaText source, IJsonProblems? problems, bool isLenient, out bool isWhole)
    {
        var parser = new JsonParser(source, problems, isLenient);
        JsonNode root = parser.ParseDocument();
        isWhole = !parser._failed;
        return root;
    }

    private JsonNode ParseDocument()
    {
        if (_text.Length > MaxLength)
        {
            Fail(JsonProblem.TooLarge, new TextSpan(0, 0), $"is longer than {MaxLength} characters");
            return new JsonNullNode(_source, new TextSpan(0, 0));
        }

        SkipWhitespace();
        if (_position == _text.Length)
        {
            Fail(JsonProblem.Empty, new TextSpan(0, 0), "");
            return new JsonNullNode(_source, new TextSpan(0, 0));
        }

        JsonNode root = ParseValue();
        SkipWhitespace();
        if (!_failed && _position < _text.Length)
        {
            FailHere("there is text behind the end of the document");
        }

        return root;
    }

    private JsonNode ParseValue()
    {
        SkipWhitespace();
        if (_position == _text.Length)
        {
            FailHere("the text ends where a value is expected");
            return Null(_position);
        }

        if (++_values > MaxValues)
        {
            Fail(JsonProblem.TooLarge, new TextSpan(_position, 1), $"has more than {MaxValues} values");
            return Null(_position);
        }

        return _text[_position] switch
        {
            '{' => ParseNested(ParseObject),
            '[' => ParseNested(ParseArray),
            '"' => ParseString(),
            '-' or (>= '0' and <= '9') => ParseNumber(),
            _ => ParseWord(),
        };
    }

    private JsonNode ParseNested(Func<JsonNode> parse)
    {
        if (_depth == MaxDepth)
        {
            Fail(JsonProblem.TooLarge, new TextSpan(_position, 1), $"is nested deeper than {MaxDepth} levels");
            return Null(_position);
        }

        _depth++;
        JsonNode node = parse();
        _depth--;
        return node;
    }

    private JsonObjectNode ParseObject()
    {
        int start = _position++;
        var members = new List<JsonMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        SkipWhitespace();
        if (!TryTake('}'))
        {
            do
            {
                SkipWhitespace();
                if (_isLenient && Peek() == '}')
                {
                    break;
                }

                if (Peek() != '"')
                {
                    FailHere(Peek() == '}' ? "a comma must be followed by another member" : "the name of a member, in double quotes, is expected");
                    break;
                }

                JsonStringNode name = ParseString();
                SkipWhitespace();
                if (_failed || !Take(':', "a colon is expected behind the name of a member"))
                {
                    break;
                }

                JsonNode value = ParseValue();
                if (names.Add(name.Value))
                {
                    members.Add(new JsonMember(name.Value, name, value));
                }
                else
                {
                    _problems?.Add(JsonProblem.DuplicateName, _source, name.Span, name.Value);
                }

                SkipWhitespace();
            }
            while (!_failed && TryTake(','));

            if (!_failed)
            {
                Take('}', "a comma or a closing brace is expected");
            }
        }

        return new JsonObjectNode(_source, TextSpan.FromBounds(start, _position), members);
    }

    private JsonArrayNode ParseArray()
    {
        int start = _position++;
        var items = new List<JsonNode>();
        SkipWhitespace();
        if (!TryTake(']'))
        {
            do
            {
                SkipWhitespace();
                if (_isLenient && Peek() == ']')
                {
                    break;
                }

                if (Peek() == ']')
                {
                    FailHere("a comma must be followed by another item");
                    break;
                }

                items.Add(ParseValue());
                SkipWhitespace();
            }
            while (!_failed && TryTake(','));

            if (!_failed)
            {
                Take(']', "a comma or a closing bracket is expected");
            }
        }

        return new JsonArrayNode(_source, TextSpan.FromBounds(start, _position), items);
    }

    private JsonStringNode ParseString()
    {
        int start = _position++;
        var value = new StringBuilder();
        while (true)
        {
            if (_position == _text.Length)
            {
                Fail(JsonProblem.Invalid, TextSpan.FromBounds(start, _position), "the string is not closed");
                break;
            }

            char character = _text[_position];
            if (character == '"')
            {
                _position++;
                break;
            }

            if (character < ' ')
            {
                FailHere("a string must not hold a line break or another control character; write it as an escape such as \\n");
                break;
            }

            if (character != '\\')
            {
                value.Append(character);
                _position++;
            }
            else if (!TryParseEscape(value))
            {
                break;
            }
        }

        return new JsonStringNode(_source, TextSpan.FromBounds(start, _position), value.ToString());
    }

    private bool TryParseEscape(StringBuilder value)
    {
        char kind = _position + 1 < _text.Length ? _text[_position + 1] : '\0';
        if (kind == 'u')
        {
            if (_position + 6 <= _text.Length && TryParseHex(_text.Substring(_position + 2, 4), out int code))
            {
                value.Append((char)code);
                _position += 6;
                return true;
            }
        }
        else
        {
            int index = "\"\\/bfnrt".IndexOf(kind);
            if (index >= 0)
            {
                value.Append("\"\\/\b\f\n\r\t"[index]);
                _position += 2;
                return true;
            }
        }

        Fail(JsonProblem.Invalid, TextSpan.FromBounds(_position, Math.Min(_position + 2, _text.Length)), "there is no such escape");
        return false;
    }

    private static bool TryParseHex(string digits, out int code)
    {
        code = 0;
        foreach (char digit in digits)
        {
            int value = "0123456789abcdef".IndexOf(char.ToLowerInvariant(digit));
            if (value < 0)
            {
                return false;
            }

            code = (code * 16) + value;
        }

        return true;
    }

    private JsonNumberNode ParseNumber()
    {
        int start = _position;
        _ = TryTake('-');
        bool isValid = TryTake('0') || TakeDigits();
        if (isValid && TryTake('.'))
        {
            isValid = TakeDigits();
        }

        if (isValid && Peek() is 'e' or 'E')
        {
            _position++;
            if (Peek() is '+' or '-')
            {
                _position++;
            }

            isValid = TakeDigits();
        }

        while (IsWordCharacter(Peek()))
        {
            isValid = false;
            _position++;
        }

        TextSpan span = TextSpan.FromBounds(start, _position);
        if (!isValid)
        {
            Fail(JsonProblem.Invalid, span, $"'{_text.Substring(span.Start, Math.Min(span.Length, 40))}' is no number");

            // Whoever reads on counts on the grammar.
            return new JsonNumberNode(_source, span, "0");
        }

        return new JsonNumberNode(_source, span, _text.Substring(span.Start, span.Length));
    }

    private JsonNode ParseWord()
    {
        int start = _position;
        while (IsWordCharacter(Peek()))
        {
            _position++;
        }

        TextSpan span = TextSpan.FromBounds(start, _position);
        switch (_text.Substring(start, span.Length))
        {
            case "true":
                return new JsonBooleanNode(_source, span, true);
            case "false":
                return new JsonBooleanNode(_source, span, false);
            case "null":
                return new JsonNullNode(_source, span);
            default:
                _position = start;
                FailHere(Peek() == '/' ? "comments are not allowed" : "a value is expected");
                return Null(start);
        }
    }

    private bool TakeDigits()
    {
        int start = _position;
        while (Peek() is >= '0' and <= '9')
        {
            _position++;
        }

        return _position > start;
    }

    private static bool IsWordCharacter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '+' or '-';

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private bool TryTake(char character)
    {
        if (Peek() != character || _position == _text.Length)
        {
            return false;
        }

        _position++;
        return true;
    }

    private bool Take(char character, string problem)
    {
        if (TryTake(character))
        {
            return true;
        }

        FailHere(Peek() == '/' ? "comments are not allowed" : problem);
        return false;
    }

    private void SkipWhitespace()
    {
        do
        {
            while (Peek() is ' ' or '\t' or '\n' or '\r' || (_position == 0 && Peek() == '\uFEFF'))
            {
                _position++;
            }
        }
        while (_isLenient && !_failed && Peek() == '/' && TrySkipComment());
    }

    private bool TrySkipComment()
    {
        char kind = _position + 1 < _text.Length ? _text[_position + 1] : '\0';
        int end = kind switch
        {
            '/' => _text.IndexOfAny(['\n', '\r'], _position),
            '*' => _text.IndexOf("*/", _position + 2, StringComparison.Ordinal),
            _ => _position,
        };
        if (end == _position)
        {
            return false;
        }

        if (end < 0 && kind == '*')
        {
            Fail(JsonProblem.Invalid, TextSpan.FromBounds(_position, _text.Length), "the comment is not closed");
        }

        _position = end < 0 ? _text.Length : kind == '*' ? end + 2 : end;
        return true;
    }

    private JsonNullNode Null(int position) => new(_source, new TextSpan(Math.Min(position, _text.Length), 0));

    private void FailHere(string problem) =>
        Fail(JsonProblem.Invalid, TextSpan.FromBounds(_position, Math.Min(_position + 1, _text.Length)), problem);

    private void Fail(JsonProblem problem, TextSpan span, string argument)
    {
        if (!_failed)
        {
            _failed = true;
            _problems?.Add(problem, _source, span, argument);
        }
    }
}
