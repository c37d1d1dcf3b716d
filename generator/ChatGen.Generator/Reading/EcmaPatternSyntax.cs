using System.Globalization;

namespace ChatGen.Generator.Reading;

/// <summary>
/// Reads a regular expression by the grammar of ECMA-262 (edition of 2024, section 22.2.1) in Unicode mode, without Annex B. Reads in linear time
/// and without recursion, since a pattern may be hostile. The generator and the runtime share this file.
/// </summary>
internal sealed class EcmaPatternSyntax
{
    private const string SyntaxCharacters = "^$\\.*+?()[]{}|/";

    private readonly string _pattern;
    private readonly EcmaPatternSink? _sink;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _groupsByName = new(StringComparer.Ordinal);
    private int _groups;
    private int _index;
    private string? _problem;

    private EcmaPatternSyntax(string pattern, EcmaPatternSink? sink)
    {
        _pattern = pattern;
        _sink = sink;
    }

    /// <summary>Whether the pattern is a regular expression; its parts go to the sink.</summary>
    public static bool TryRead(string pattern, EcmaPatternSink? sink, out string? problem)
    {
        var syntax = new EcmaPatternSyntax(pattern, sink);
        syntax.FindGroups();
        syntax.Read();
        problem = syntax._problem ?? sink?.Problem;
        return problem is null;
    }

    private bool IsAtEnd => _index >= _pattern.Length;

    private char Next => _index < _pattern.Length ? _pattern[_index] : '\0';

    // References may stand before the groups that they mean.
    private void FindGroups()
    {
        bool isInClass = false;
        for (_index = 0; !IsAtEnd; _index++)
        {
            switch (Next)
            {
                case '\\':
                    _index++;
                    break;
                case '[':
                    isInClass = true;
                    break;
                case ']':
                    isInClass = false;
                    break;
                case '(' when !isInClass && !Follows("(?"):
                    _groups++;
                    break;
                case '(' when !isInClass && Follows("(?<") && !Follows("(?<=") && !Follows("(?<!"):
                    _groups++;
                    int start = _index;
                    _index += 3;
                    if (ReadName() is { } name)
                    {
                        _groupsByName[name] = _groups;
                    }

                    _index = start;
                    _problem = null;
                    break;
                default:
                    break;
            }
        }

        _index = 0;
    }

    private void Read()
    {
        var open = new Stack<EcmaPatternGroup>();
        bool isRepeatable = false;
        while (!IsAtEnd && _problem is null && _sink?.Problem is null)
        {
            switch (Next)
            {
                case '^':
                    _index++;
                    _sink?.InputStart();
                    isRepeatable = false;
                    break;
                case '$':
                    _index++;
                    _sink?.InputEnd();
                    isRepeatable = false;
                    break;
                case '|':
                    _index++;
                    _sink?.Alternative();
                    isRepeatable = false;
                    break;
                case '(':
                    EcmaPatternGroup kind = ReadGroup();
                    open.Push(kind);
                    _sink?.Open(kind);
                    isRepeatable = false;
                    break;
                case ')':
                    if (open.Count == 0)
                    {
                        Fail("')' closes nothing");
                        break;
                    }

                    _index++;
                    _sink?.Close();
                    isRepeatable = open.Pop() is EcmaPatternGroup.Capture or EcmaPatternGroup.NonCapture;
                    break;
                case '*' or '+' or '?' or '{':
                    ReadQuantifier(isRepeatable);
                    isRepeatable = false;
                    break;
                case ']' or '}':
                    Fail($"'{Next}' opens nothing; write '\\{Next}' for the character");
                    break;
                default:
                    isRepeatable = ReadAtom();
                    break;
            }
        }

        if (open.Count > 0 && _sink?.Problem is null)
        {
            Fail("a '(' is not closed");
        }
    }

    private EcmaPatternGroup ReadGroup()
    {
        if (!Follows("(?"))
        {
            _index++;
            return EcmaPatternGroup.Capture;
        }

        (string Text, EcmaPatternGroup Kind)[] kinds =
        [
            ("(?:", EcmaPatternGroup.NonCapture), ("(?=", EcmaPatternGroup.Lookahead), ("(?!", EcmaPatternGroup.NegativeLookahead),
            ("(?<=", EcmaPatternGroup.Lookbehind), ("(?<!", EcmaPatternGroup.NegativeLookbehind), ("(?<", EcmaPatternGroup.Capture),
        ];
        foreach ((string text, EcmaPatternGroup kind) in kinds)
        {
            if (Follows(text))
            {
                _index += text.Length;
                if (text == "(?<" && ReadName() is { } name && !_names.Add(name))
                {
                    Fail($"two groups are named '{name}'");
                }

                return kind;
            }
        }

        Fail("ECMA-262 has no such group");
        return EcmaPatternGroup.NonCapture;
    }

    private void ReadQuantifier(bool isRepeatable)
    {
        if (!isRepeatable)
        {
            Fail($"'{Next}' has nothing to repeat{(Next == '{' ? "; write '\\{' for the character" : "")}");
            return;
        }

        (string minimum, string? maximum) = Next switch
        {
            '*' => ("0", null),
            '+' => ("1", null),
            _ => ("0", "1"),
        };
        if (Next == '{')
        {
            _index++;
            minimum = ReadDigits();
            maximum = minimum;
            if (Next == ',')
            {
                _index++;
                maximum = Next == '}' ? null : ReadDigits();
            }

            if (minimum.Length == 0 || maximum?.Length == 0 || Next != '}')
            {
                Fail("'{' begins no quantifier such as {2}, {2,} or {2,3}; write '\\{' for the character");
                return;
            }

            if (maximum is not null && Compare(minimum, maximum) > 0)
            {
                Fail("the bounds of a quantifier are out of order");
                return;
            }
        }

        _index++;
        bool isLazy = Next == '?';
        if (isLazy)
        {
            _index++;
        }

        _sink?.Quantifier(minimum, maximum, isLazy);
    }

    // Leading zeros are removed, so that numbers of any size compare by length first.
    private string ReadDigits()
    {
        int start = _index;
        while (Next is >= '0' and <= '9')
        {
            _index++;
        }

        string digits = _pattern.Substring(start, _index - start);
        string significant = digits.TrimStart('0');
        return significant.Length == 0 && digits.Length > 0 ? "0" : significant;
    }

    private static int Compare(string left, string right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);

    /// <summary>Reads one atom; says whether it can be repeated.</summary>
    private bool ReadAtom()
    {
        switch (Next)
        {
            case '.':
                _index++;
                _sink?.AnyButLineEnd();
                return true;
            case '[':
                ReadClass();
                return true;
            case '\\' when Follows("\\b") || Follows("\\B"):
                _sink?.WordBoundary(isNegated: _pattern[_index + 1] == 'B');
                _index += 2;
                return false;
            case '\\' when Follows("\\k"):
                ReadNamedReference();
                return true;
            case '\\' when _index + 1 < _pattern.Length && _pattern[_index + 1] is >= '1' and <= '9':
                ReadNumberedReference();
                return true;
            default:
                EcmaPatternItem item = ReadCharacter(isInClass: false);
                if (_problem is not null || _sink is null)
                {
                    return true;
                }

                if (item.Set is null)
                {
                    _sink.Literal(item.First);
                }
                else
                {
                    _sink.Class([item], isNegated: false);
                }

                return true;
        }
    }

    private void ReadNamedReference()
    {
        _index += 2;
        if (Next != '<')
        {
            Fail("'\\k' needs the name of a group, as in '\\k<name>'");
            return;
        }

        _index++;
        if (ReadName() is { } name)
        {
            if (_groupsByName.TryGetValue(name, out int group))
            {
                _sink?.BackReference(group);
            }
            else
            {
                Fail($"no group is named '{name}'");
            }
        }
    }

    private void ReadNumberedReference()
    {
        _index++;
        string digits = ReadDigits();
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int group) && group <= _groups)
        {
            _sink?.BackReference(group);
        }
        else
        {
            Fail($"there is no group {digits}");
        }
    }

    private void ReadClass()
    {
        _index++;
        bool isNegated = Next == '^';
        if (isNegated)
        {
            _index++;
        }

        List<EcmaPatternItem>? items = _sink is null ? null : [];
        while (_problem is null && !IsAtEnd && Next != ']')
        {
            EcmaPatternItem item = ReadCharacter(isInClass: true);
            if (_problem is null && Next == '-' && _index + 1 < _pattern.Length && _pattern[_index + 1] != ']')
            {
                _index++;
                EcmaPatternItem end = ReadCharacter(isInClass: true);
                if (_problem is null && (item.Set ?? end.Set) is not null)
                {
                    Fail("a range in a class must be between two characters; write '\\-' for the character");
                }
                else if (_problem is null && item.First > end.First)
                {
                    Fail("a range in a class is out of order");
                }

                item = new EcmaPatternItem(item.First, end.First);
            }

            items?.Add(item);
        }

        if (_problem is null && IsAtEnd)
        {
            Fail("a '[' is not closed");
        }
        else if (_problem is null)
        {
            _index++;
            _sink?.Class(items!, isNegated);
        }
    }

    private EcmaPatternItem ReadCharacter(bool isInClass)
    {
        if (Next != '\\')
        {
            return One(ReadCodePoint());
        }

        _index++;
        if (IsAtEnd)
        {
            Fail("a '\\' ends the pattern");
            return default;
        }

        char escape = Next;
        _index++;
        switch (escape)
        {
            case 'd' or 's' or 'w':
                return new EcmaPatternItem(0, 0, escape.ToString());
            case 'D' or 'S' or 'W':
                return new EcmaPatternItem(0, 0, char.ToLowerInvariant(escape).ToString(), IsNegated: true);
            case 'p' or 'P':
                return ReadProperty(isNegated: escape == 'P');
            case 'f':
                return One('\f');
            case 'n':
                return One('\n');
            case 'r':
                return One('\r');
            case 't':
                return One('\t');
            case 'v':
                return One('\v');
            case 'b' when isInClass:
                return One('\b');
            case '-' when isInClass:
                return One('-');
            case '0' when Next is not (>= '0' and <= '9'):
                return One(0);
            case 'c' when Next is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'):
                _index++;
                return One(_pattern[_index - 1] % 32);
            case 'x' when TryReadHex(2, out int number):
                return One(number);
            case 'u' when TryReadUnicodeEscape(out int codePoint):
                return One(codePoint);
            default:
                if (SyntaxCharacters.IndexOf(escape) < 0)
                {
                    Fail($"'\\{escape}' is no escape of ECMA-262 in Unicode mode{(isInClass ? ", or not one that can stand in a class" : "")}", _index - 2);
                }

                return One(escape);
        }

        static EcmaPatternItem One(int codePoint) => new(codePoint, codePoint);
    }

    private EcmaPatternItem ReadProperty(bool isNegated)
    {
        int end = Next == '{' ? _pattern.IndexOf('}', _index) : -1;
        string text = end < 0 ? "" : _pattern.Substring(_index + 1, end - _index - 1);
        if (EcmaPatternProperties.Find(text) is not { } name)
        {
            Fail(end < 0 ? "'\\p' needs a property of Unicode, as in '\\p{Letter}'" : $"ECMA-262 knows no property '{text}'");
            return default;
        }

        _index = end + 1;
        return new EcmaPatternItem(0, 0, name, isNegated);
    }

    private int ReadCodePoint()
    {
        int codePoint = char.IsSurrogatePair(_pattern, _index) ? char.ConvertToUtf32(_pattern, _index) : _pattern[_index];
        _index += codePoint > 0xFFFF ? 2 : 1;
        return codePoint;
    }

    // Behind the 'u'. Two escapes that make a surrogate pair are one character.
    private bool TryReadUnicodeEscape(out int codePoint)
    {
        if (Next == '{')
        {
            int start = _index;
            long number = 0;
            _index++;
            while (Hex(Next) is var digit and >= 0)
            {
                number = Math.Min((number * 16) + digit, 0x110000);
                _index++;
            }

            codePoint = (int)number;
            bool isValid = Next == '}' && _index > start + 1 && number <= 0x10FFFF;
            _index = isValid ? _index + 1 : start;
            return isValid;
        }

        if (!TryReadHex(4, out codePoint))
        {
            return false;
        }

        int behind = _index;
        if (codePoint is >= 0xD800 and <= 0xDBFF && Follows("\\u"))
        {
            _index += 2;
            if (TryReadHex(4, out int low) && low is >= 0xDC00 and <= 0xDFFF)
            {
                codePoint = char.ConvertToUtf32((char)codePoint, (char)low);
            }
            else
            {
                _index = behind;
            }
        }

        return true;
    }

    private bool TryReadHex(int digits, out int number)
    {
        number = 0;
        for (int i = 0; i < digits; i++)
        {
            int digit = _index + i < _pattern.Length ? Hex(_pattern[_index + i]) : -1;
            if (digit < 0)
            {
                return false;
            }

            number = (number * 16) + digit;
        }

        _index += digits;
        return true;
    }

    private static int Hex(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => -1,
    };

    /// <summary>Reads the name of a group behind its '&lt;', and the '&gt;'.</summary>
    private string? ReadName()
    {
        var name = new System.Text.StringBuilder();
        while (!IsAtEnd && Next != '>')
        {
            int codePoint;
            if (Follows("\\u"))
            {
                _index += 2;
                if (!TryReadUnicodeEscape(out codePoint))
                {
                    break;
                }
            }
            else
            {
                codePoint = ReadCodePoint();
            }

            if (codePoint is >= 0xD800 and <= 0xDFFF || !IsIdentifierPart(codePoint, isFirst: name.Length == 0))
            {
                break;
            }

            name.Append(char.ConvertFromUtf32(codePoint));
        }

        if (Next != '>' || name.Length == 0)
        {
            Fail("the name of a group must be an identifier, as in '(?<name>…)'");
            return null;
        }

        _index++;
        return name.ToString();
    }

    private static bool IsIdentifierPart(int codePoint, bool isFirst)
    {
        switch (CharUnicodeInfo.GetUnicodeCategory(char.ConvertFromUtf32(codePoint), 0))
        {
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber:
                return true;
            case UnicodeCategory.ModifierLetter:
                return codePoint != 0x2E2F;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation:
                return !isFirst || codePoint is '_' or 0x1885 or 0x1886;
            default:
                // Unicode's Other_ID_Start, then Other_ID_Continue and the joiners.
                return codePoint is '$' or 0x2118 or 0x212E or 0x309B or 0x309C
                    || (!isFirst && codePoint is 0xB7 or 0x387 or (>= 0x1369 and <= 0x1371) or 0x19DA or 0x30FB or 0xFF65 or 0x200C or 0x200D);
        }
    }

    private bool Follows(string text) => string.CompareOrdinal(_pattern, _index, text, 0, text.Length) == 0;

    private void Fail(string problem) => Fail(problem, _index);

    private void Fail(string problem, int index) =>
        _problem ??= string.Concat(problem, " (character ", (Math.Min(index, _pattern.Length) + 1).ToString(CultureInfo.InvariantCulture), ")");
}
