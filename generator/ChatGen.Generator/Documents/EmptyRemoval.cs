using ChatGen.Generator.Diagnostics;

namespace ChatGen.Generator.Documents;

/// <summary>A <c>null</c> of a patch where there is nothing to remove.</summary>
/// <param name="Member">The member that is <c>null</c>.</param>
/// <param name="Keyword">The keyword of whose value it is a part, if <c>null</c> can be a value there.</param>
/// <param name="Target">The object that has no such member, if there is one.</param>
internal sealed record EmptyRemoval(JsonMember Member, string? Keyword, JsonObjectNode? Target)
{
    /// <summary>What to do instead. Items of arrays are no part of the patch: an array replaces another as a whole.</summary>
    public string Advice => (Keyword, Keyword == Member.Name) switch
    {
        ("const", true) => "a variant cannot set null: say '\"enum\": [null]'",
        ("const", false) => "a variant cannot set null: give the value in the array of 'enum', not as 'const'",
        ("default", true) => "a variant cannot set null: leave the default out",
        (not null, _) => "a variant cannot set null: leave it out",
        _ => Suggestion.Near(Member.Name, Target?.Members.Select(member => member.Name) ?? [], "leave it out"),
    };
}
