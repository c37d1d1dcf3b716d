namespace ChatGen.Generator.Reading;

/// <summary>The kinds of groups that ECMA-262 knows.</summary>
internal enum EcmaPatternGroup
{
    Capture,
    NonCapture,
    Lookahead,
    NegativeLookahead,
    Lookbehind,
    NegativeLookbehind,
}
