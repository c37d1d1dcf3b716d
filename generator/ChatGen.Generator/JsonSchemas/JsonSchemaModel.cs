using ChatGen.Generator.Model;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>Schemas with everything that they refer to, flat: subschemas name each other by index. Equal by value.</summary>
/// <param name="Subschemas">Every subschema that a root reaches.</param>
/// <param name="Roots">The schemas that were asked for, in that order.</param>
internal sealed record JsonSchemaModel(EquatableArray<SubschemaModel> Subschemas, EquatableArray<int> Roots);
