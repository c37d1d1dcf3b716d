using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>The names of the methods of the interface: each request has two.</summary>
internal sealed class MethodNames(RestContext context)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Takes the names of a request; <see langword="false"/>, after a diagnostic, if another request has one of them.</summary>
    public bool Take(RestRequestModel request, JsonMember member)
    {
        foreach (string name in (string[])[request.CSharpName, request.CSharpName + "Response"])
        {
            if (!_taken.Add(name))
            {
                context.Diagnostics.Add(Descriptors.NameClash, member.NameNode, member.Name, name + "Async");
                return false;
            }
        }

        return true;
    }
}
