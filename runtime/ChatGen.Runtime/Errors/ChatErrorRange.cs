namespace ChatGen;

/// <summary>A range of numeric codes that the schema does not know one by one.</summary>
/// <param name="From">The first code, inclusive.</param>
/// <param name="To">The last code, inclusive.</param>
/// <param name="Info">What holds for every code in the range.</param>
public sealed record ChatErrorRange(int From, int To, ChatErrorInfo Info);
