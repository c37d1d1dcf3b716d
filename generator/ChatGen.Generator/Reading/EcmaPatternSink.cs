namespace ChatGen.Generator.Reading;

/// <summary>Takes the parts of a pattern in their order.</summary>
internal abstract class EcmaPatternSink
{
    /// <summary>What stands in the way of taking the pattern, in words; the reading ends then.</summary>
    public string? Problem { get; protected set; }

    public abstract void Literal(int codePoint);

    public abstract void AnyButLineEnd();

    public abstract void Class(IReadOnlyList<EcmaPatternItem> items, bool isNegated);

    public abstract void InputStart();

    public abstract void InputEnd();

    public abstract void WordBoundary(bool isNegated);

    public abstract void BackReference(int group);

    public abstract void Open(EcmaPatternGroup kind);

    public abstract void Alternative();

    public abstract void Close();

    /// <summary>The part before is repeated. No maximum: <see langword="null"/>.</summary>
    public abstract void Quantifier(string minimum, string? maximum, bool isLazy);
}
