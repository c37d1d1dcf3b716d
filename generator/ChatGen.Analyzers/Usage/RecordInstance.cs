using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Usage;

/// <summary>A value of a record, as far as the code tells it.</summary>
/// <param name="Record">The record.</param>
/// <param name="Node">The value as JSON; its place is what makes it.</param>
/// <param name="Values">The members by their C# names.</param>
internal sealed record RecordInstance(RecordInfo Record, JsonObjectNode Node, IReadOnlyDictionary<string, MemberValue> Values)
{
    /// <summary>Records among the values of the members, at any depth.</summary>
    public IReadOnlyList<RecordInstance> Inner { get; init; } = [];

    /// <summary>What C# values can be and JSON values cannot, so that no rule of the schema sees it.</summary>
    public IReadOnlyList<UsageFault> Faults { get; init; } = [];

    /// <summary>What it is a copy of, if that is known.</summary>
    public RecordInstance? Base { get; init; }

    /// <summary>Makes an instance.</summary>
    public static RecordInstance Create(RecordInfo record, SyntaxTree tree, TextSpan place, IEnumerable<MemberValue> values)
    {
        var byName = values.ToDictionary(value => value.Member.Name, StringComparer.Ordinal);
        SchemaText source = SyntaxSource.Of(tree);
        JsonMember[] members =
        [
            .. byName.Values.Where(value => value.Json is not null)
                .Select(value => new JsonMember(value.Member.JsonName, new JsonStringNode(source, value.Span, value.Member.JsonName), value.Json!)),
        ];
        return new RecordInstance(record, new JsonObjectNode(source, place, members), byName);
    }
}
