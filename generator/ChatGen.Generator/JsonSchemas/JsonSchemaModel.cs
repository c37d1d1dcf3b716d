using ChatGen.Generator.Model;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>A schema with everything that it refers to, flat: subschemas name each other by index, and the first is the root. Equal by value.</summary>
internal sealed record JsonSchemaModel(EquatableArray<SubschemaModel> Subschemas);
