namespace ChatGen.Generator.Model;

/// <summary>A rule of an object that asks only which members it has.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Keyword">The keyword that a failure is of.</param>
/// <param name="Groups">Members that belong together.</param>
internal sealed record PresenceRule(PresenceKind Kind, string Keyword, EquatableArray<EquatableArray<string>> Groups);

/// <summary>What a <see cref="PresenceRule"/> asks.</summary>
internal enum PresenceKind
{
    /// <summary>Of exactly one group all members are there.</summary>
    ExactlyOne,

    /// <summary>Not all members of the one group are there.</summary>
    NotAll,

    /// <summary>If all members of the first group are there, so are those of the second.</summary>
    Implies,
}
