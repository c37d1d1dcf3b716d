namespace ChatGen.Generator.Documents;

/// <summary>What can be wrong with a JSON text.</summary>
internal enum JsonProblem
{
    /// <summary>There is no text; no argument.</summary>
    Empty,

    /// <summary>The text breaks RFC 8259; the argument says how.</summary>
    Invalid,

    /// <summary>The text is longer or deeper than is read; the argument says how.</summary>
    TooLarge,

    /// <summary>An object has two members of one name, which is the argument.</summary>
    DuplicateName,
}
