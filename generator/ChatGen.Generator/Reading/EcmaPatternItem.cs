namespace ChatGen.Generator.Reading;

/// <summary>A member of a character class: a range of code points, or a set by name.</summary>
/// <param name="First">The first code point of a range.</param>
/// <param name="Last">The last code point of a range.</param>
/// <param name="Set">The short name of a general category, <c>d</c>, <c>s</c>, <c>w</c>, or another property of ECMA-262; absent for a range.</param>
/// <param name="IsNegated">Whether everything but the named set is meant.</param>
internal readonly record struct EcmaPatternItem(int First, int Last, string? Set = null, bool IsNegated = false);
