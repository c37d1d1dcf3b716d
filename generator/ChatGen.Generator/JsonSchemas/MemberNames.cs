using ChatGen.Generator.Model;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>How messages call a record and its members, which have other names in JSON: the compile-time twin of the runtime's <c>ChatMemberNames</c>.</summary>
/// <param name="Type">The record.</param>
/// <param name="Members">The members: the name in JSON, the name in C#.</param>
internal sealed record MemberNames(string Type, EquatableArray<(string Json, string Member)> Members)
{
    /// <summary>The C# name of a member, or the name itself if the record has no such member.</summary>
    public string Of(string json) => Members.Where(member => member.Json == json).Select(member => member.Member).FirstOrDefault() ?? json;
}
