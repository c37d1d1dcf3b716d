using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading;

/// <summary>What came of the definitions.</summary>
/// <param name="Records">The records.</param>
/// <param name="Unions">The hierarchies.</param>
/// <param name="Enums">The enumerations.</param>
/// <param name="JsonRules">The schemas of the records that need more than their own rules, by the entry that the records name.</param>
/// <param name="Schemas">The schema that each type is made of.</param>
/// <param name="Made">Names of the definitions of which a type is made; one whose name is taken is not among them.</param>
/// <param name="CodesDefinition">The definition that carries <c>x-chat-codes</c>.</param>
/// <param name="ErrorsName">The C# name of the class of error codes.</param>
/// <param name="TypeNames">All names of types, without regard to case.</param>
internal sealed record ReadTypes(
    EquatableArray<RecordModel> Records,
    EquatableArray<UnionModel> Unions,
    EquatableArray<EnumModel> Enums,
    IReadOnlyList<JsonNode> JsonRules,
    IReadOnlyDictionary<string, JsonNode> Schemas,
    HashSet<string> Made,
    string? CodesDefinition,
    string ErrorsName,
    ICollection<string> TypeNames);
