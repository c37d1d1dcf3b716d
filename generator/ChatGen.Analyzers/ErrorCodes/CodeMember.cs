namespace ChatGen.Analyzers.ErrorCodes;

/// <summary>Which value of a code is looked at.</summary>
internal enum CodeMember
{
    /// <summary>That of a numeric code.</summary>
    Number,

    /// <summary>That of a textual code.</summary>
    Text,
}
