using System.Globalization;
using System.Text;

namespace ChatGen.Generator.Reading;

/// <summary>Writes a pattern of ECMA-262 as one of .NET. Every part consumes whole code points, so a surrogate pair is one character.</summary>
internal sealed class EcmaPatternTranslator : EcmaPatternSink
{
    private const int MaxDepth = 250;
    private const string High = @"[\uD800-\uDBFF]";
    private const string Low = @"[\uDC00-\uDFFF]";
    private const string Word = "[0-9A-Z_a-z]";

    // A match must not begin within a surrogate pair, nor a reference end in one.
    private const string NotWithinPair = $"(?<!{High}(?={Low}))";

    private static readonly (int First, int Last)[] s_digits = [('0', '9')];
    private static readonly (int First, int Last)[] s_words = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

    private static readonly (int First, int Last)[] s_spaces =
    [
        (9, 13), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
    ];

    private readonly StringBuilder _text = new();
    private readonly Node _root = new(null, 0, EcmaPatternGroup.NonCapture);
    private readonly List<Node> _captures = [];
    private readonly List<(int Group, Node Within, int Alternative, int Closed)> _references = [];
    private Node _current;
    private Node? _last;
    private int _depth;
    private int _closed;
    private bool _canBeginWithinPair;
    private int _terms;

    public EcmaPatternTranslator() => _current = _root;

    /// <summary>The translation, after all parts; <see langword="null"/> if there is none.</summary>
    public string? Finish()
    {
        CheckReferences();
        return Problem is not null ? null : _canBeginWithinPair || _terms == 0 ? $"{NotWithinPair}(?:{_text})" : _text.ToString();
    }

    public override void Literal(int codePoint)
    {
        if (codePoint is >= 0xD800 and <= 0xDFFF || codePoint > 0xFFFF)
        {
            Class([new EcmaPatternItem(codePoint, codePoint)], isNegated: false);
            return;
        }

        Term(isConsuming: true);
        _text.Append(Escape(codePoint, @"\*+?|{}[]()^$.#"));
    }

    public override void AnyButLineEnd() =>
        Class([new EcmaPatternItem('\n', '\n'), new EcmaPatternItem('\r', '\r'), new EcmaPatternItem(0x2028, 0x2029)], isNegated: true);

    public override void Class(IReadOnlyList<EcmaPatternItem> items, bool isNegated)
    {
        Term(isConsuming: true);
        if (items.Count == 1 && items[0] is { IsNegated: true } only)
        {
            items = [only with { IsNegated = false }];
            isNegated = !isNegated;
        }

        var set = new EcmaPatternSet();
        var categories = new List<string>();
        bool hasSurrogates = false;
        foreach (EcmaPatternItem item in items)
        {
            if (item.Set is null)
            {
                set.Add(item.First, item.Last);
            }
            else if (Ranges(item.Set) is { } ranges)
            {
                var named = new EcmaPatternSet();
                foreach ((int first, int last) in ranges)
                {
                    named.Add(first, last);
                }

                set.Add(item.IsNegated ? named.Complement(0, 0x10FFFF) : named);
            }
            else
            {
                hasSurrogates |= AddCategory(item, set, categories);
            }
        }

        if (Problem is null)
        {
            Append(set, categories, hasSurrogates, isNegated);
        }
    }

    public override void InputStart()
    {
        Term(isConsuming: true);
        _text.Append('^');
    }

    public override void InputEnd()
    {
        Term(isConsuming: false);
        _text.Append(@"\z");
    }

    public override void WordBoundary(bool isNegated)
    {
        Term(isConsuming: false);
        _text.Append(isNegated
            ? $"(?:(?<={Word})(?={Word})|(?<!{Word})(?!{Word}))"
            : $"(?:(?<={Word})(?!{Word})|(?<!{Word})(?={Word}))");
    }

    public override void BackReference(int group)
    {
        Term(isConsuming: false);
        for (Node? node = _current; node is not null; node = node.Parent)
        {
            if (node.Kind is EcmaPatternGroup.Lookbehind or EcmaPatternGroup.NegativeLookbehind)
            {
                Problem = ".NET cannot match a reference to a group within a look-behind as ECMA-262 does";
            }
        }

        _references.Add((group, _current, _current.Alternatives, _closed));
        string number = group.ToString(CultureInfo.InvariantCulture);
        _text.Append($@"(?({number})\k<{number}>{NotWithinPair})");
    }

    public override void Open(EcmaPatternGroup kind)
    {
        Term(isConsuming: false);
        if (++_depth > MaxDepth)
        {
            Problem = "its groups are nested too deeply";
            return;
        }

        _current = new Node(_current, _current.Alternatives, kind);
        if (kind == EcmaPatternGroup.Capture)
        {
            _captures.Add(_current);
        }

        _text.Append(kind switch
        {
            EcmaPatternGroup.Capture => "(",
            EcmaPatternGroup.NonCapture => "(?:",
            EcmaPatternGroup.Lookahead => "(?=",
            EcmaPatternGroup.NegativeLookahead => "(?!",
            EcmaPatternGroup.Lookbehind => "(?<=",
            _ => "(?<!",
        });
    }

    public override void Alternative()
    {
        if (_depth == 0)
        {
            _canBeginWithinPair |= _terms == 0;
            _terms = 0;
        }

        _current.Alternatives++;
        _last = null;
        _text.Append('|');
    }

    public override void Close()
    {
        _depth--;
        _last = _current;
        _current.Closed = ++_closed;
        _current = _current.Parent!;
        _text.Append(')');
    }

    public override void Quantifier(string minimum, string? maximum, bool isLazy)
    {
        if (minimum.Length > 9)
        {
            Problem = "a quantifier is too large";
            return;
        }

        if (_depth == 0 && _terms == 1 && minimum == "0")
        {
            _canBeginWithinPair = true;
        }

        // A string has fewer characters than a maximum of ten digits.
        string? limit = maximum?.Length > 9 ? null : maximum;
        if (_last is not null)
        {
            _last.IsOptional = minimum != "1" || maximum != "1";
            _last.IsRepeated = maximum is not ("0" or "1");
        }

        _text.Append((minimum, limit) switch
        {
            ("0", null) => "*",
            ("1", null) => "+",
            ("0", "1") => "?",
            (_, null) => $"{{{minimum},}}",
            _ when minimum == limit => $"{{{minimum}}}",
            _ => $"{{{minimum},{limit}}}",
        });
        if (isLazy)
        {
            _text.Append('?');
        }
    }

    // In ECMA-262 every repetition forgets what the groups within it have matched; in .NET none does. The two agree if the group is always matched anew before the reference.
    private void CheckReferences()
    {
        foreach ((int group, Node within, int alternative, int closed) in _references)
        {
            Node capture = _captures[group - 1];
            bool isRepeated = false;
            for (Node? node = capture; node is not null; node = node.Parent)
            {
                isRepeated |= node.IsRepeated;
            }

            if (isRepeated && !IsMatchedBefore(capture, within, alternative, closed))
            {
                Problem = $"group {group.ToString(CultureInfo.InvariantCulture)} is repeated, and .NET does not match the reference to it as ECMA-262 does";
            }
        }
    }

    private static bool IsMatchedBefore(Node capture, Node within, int alternative, int closed)
    {
        if (capture.IsOptional || capture.Closed == 0 || capture.Closed > closed)
        {
            return false;
        }

        for (Node? node = within; node is not null; node = node.Parent)
        {
            if (node == capture.Parent)
            {
                return alternative == capture.Alternative;
            }

            alternative = node.Alternative;
        }

        return false;
    }

    private void Term(bool isConsuming)
    {
        _last = null;
        if (_depth == 0 && _terms++ == 0)
        {
            _canBeginWithinPair |= !isConsuming;
        }
    }

    private static (int First, int Last)[]? Ranges(string set) => set switch
    {
        "d" => s_digits,
        "w" => s_words,
        "s" => s_spaces,
        "Any" => [(0, 0x10FFFF)],
        "ASCII" => [(0, 0x7F)],
        "ASCII_Hex_Digit" or "AHex" => [('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => null,
    };

    /// <summary>Adds a category; says whether it has the surrogates.</summary>
    private bool AddCategory(EcmaPatternItem item, EcmaPatternSet set, List<string> categories)
    {
        (string name, bool isNegated) = item.Set == "Assigned" ? ("Cn", !item.IsNegated) : (item.Set!, item.IsNegated);
        if (!EcmaPatternProperties.IsCategory(name))
        {
            Problem = $".NET knows no '\\p{{{item.Set}}}'; only general categories such as '\\p{{Letter}}' can be matched";
            return false;
        }

        if (name == "LC")
        {
            if (isNegated)
            {
                Problem = @"'\P{LC}' beside other members of a class cannot be stated in .NET";
            }

            categories.Add(@"\p{Lu}\p{Ll}\p{Lt}");
        }
        else
        {
            categories.Add($@"\{(isNegated ? 'P' : 'p')}{{{name}}}");
        }

        EcmaPatternSet planes = EcmaPatternPlanes.Of(name);
        set.Add(isNegated ? planes.Complement(0x10000, 0x10FFFF) : planes);
        if ((name is "C" or "Cs") == isNegated)
        {
            return false;
        }

        set.Add(0xD800, 0xDFFF);
        return true;
    }

    private void Append(EcmaPatternSet set, List<string> categories, bool hasSurrogates, bool isNegated)
    {
        var parts = new List<string>();
        string plane = string.Concat(set.Within(0, 0xD7FF).Concat(set.Within(0xE000, 0xFFFF)).Select(Range)) + string.Concat(categories);
        if (isNegated)
        {
            if (set.Complement(0, 0xD7FF).Within(0, 0xD7FF).Count + set.Complement(0xE000, 0xFFFF).Within(0xE000, 0xFFFF).Count > 0)
            {
                parts.Add($@"[^{plane}\uD800-\uDFFF]");
            }
        }
        else if (plane.Length > 0)
        {
            parts.Add(hasSurrogates ? $@"[{plane}-[\uD800-\uDFFF]]" : $"[{plane}]");
        }

        bool isOneUnit = parts.Count == 1;
        EcmaPatternSet rest = isNegated ? set.Complement(0xD800, 0x10FFFF) : set;
        AppendPairs(parts, rest.Within(0x10000, 0x10FFFF));
        AppendLone(parts, rest.Within(0xD800, 0xDBFF), isHigh: true);
        AppendLone(parts, rest.Within(0xDC00, 0xDFFF), isHigh: false);
        _text.Append(parts.Count switch
        {
            0 => "(?:(?!))",
            1 when isOneUnit => parts[0],
            _ => $"(?:{string.Join("|", parts)})",
        });
    }

    private static void AppendPairs(List<string> parts, List<(int First, int Last)> ranges)
    {
        var whole = new EcmaPatternSet();
        var lows = new SortedDictionary<int, string>();
        foreach ((int first, int last) in ranges)
        {
            int next = first;
            while (next <= last)
            {
                int high = 0xD800 + ((next - 0x10000) >> 10);
                int end = Math.Min(last, next | 0x3FF);
                (int low, int lastLow) = (0xDC00 + (next & 0x3FF), 0xDC00 + (end & 0x3FF));
                if (low == 0xDC00 && lastLow == 0xDFFF)
                {
                    whole.Add(high, high);
                }
                else
                {
                    lows.TryGetValue(high, out string? before);
                    lows[high] = before + Range((low, lastLow));
                }

                next = end + 1;
            }
        }

        string wholes = string.Concat(whole.Within(0xD800, 0xDBFF).Select(Range));
        if (wholes.Length > 0)
        {
            parts.Add($"[{wholes}]{Low}");
        }

        foreach (KeyValuePair<int, string> low in lows)
        {
            parts.Add($"{Escape(low.Key, "")}{(low.Value.Length == 6 ? low.Value : $"[{low.Value}]")}");
        }
    }

    private static void AppendLone(List<string> parts, List<(int First, int Last)> ranges, bool isHigh)
    {
        if (ranges.Count > 0)
        {
            string text = $"[{string.Concat(ranges.Select(Range))}]";
            parts.Add(isHigh ? $"{text}(?!{Low})" : $"(?<!{High}){text}");
        }
    }

    private static string Range((int First, int Last) range)
    {
        const string Special = @"\[]^-";
        return range.First == range.Last ? Escape(range.First, Special) : $"{End(range.First)}{(range.Last == range.First + 1 ? "" : "-")}{End(range.Last)}";

        // For .NET an escaped '-' begins no range.
        static string End(int unit) => unit == '-' ? @"\u002D" : Escape(unit, Special);
    }

    private static string Escape(int unit, string special) => unit switch
    {
        < 0x20 or > 0x7E => @"\u" + unit.ToString("X4", CultureInfo.InvariantCulture),
        _ when special.IndexOf((char)unit) >= 0 => "\\" + (char)unit,
        _ => ((char)unit).ToString(),
    };

    /// <summary>A group of the pattern.</summary>
    private sealed class Node(Node? parent, int alternative, EcmaPatternGroup kind)
    {
        public Node? Parent { get; } = parent;

        /// <summary>In which alternative of the parent it stands.</summary>
        public int Alternative { get; } = alternative;

        public EcmaPatternGroup Kind { get; } = kind;

        /// <summary>How many alternatives have been ended.</summary>
        public int Alternatives { get; set; }

        /// <summary>The order in which groups end; 0 while open.</summary>
        public int Closed { get; set; }

        public bool IsOptional { get; set; }

        public bool IsRepeated { get; set; }
    }
}
