namespace ChatGen.Rest;

/// <summary>Why a string is no template.</summary>
internal enum TemplateFaultKind
{
    None,

    /// <summary>A <c>{</c> without its <c>}</c>.</summary>
    Unclosed,

    /// <summary>A <c>}</c> that closes nothing.</summary>
    LoneBrace,

    /// <summary>A placeholder that says no source.</summary>
    NoSource,

    /// <summary>A source that is no word of the language and cannot be the name of state.</summary>
    UnknownSource,

    /// <summary>A <c>|</c> without a filter.</summary>
    NoFilter,

    /// <summary>A <c>~</c> in a JSON Pointer that is neither <c>~0</c> nor <c>~1</c>.</summary>
    InvalidPointer,
}
