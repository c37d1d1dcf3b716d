using System.Globalization;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Emit;

/// <summary>A model to files.</summary>
internal static class SchemaEmitter
{
    public static IEnumerable<(string HintName, string Source)> Emit(ChatSchemaModel schema, bool hasRefit = true)
    {
        schema = hasRefit ? schema : schema with { Rest = null };
        bool deprecates = schema.Records.Any(record => record.Obsolete is not null || record.Properties.Any(property => property.Obsolete is not null))
            || schema.Commands.Any(command => command.Operation.Obsolete is not null);
        foreach (RecordModel record in schema.Records)
        {
            yield return File(record.Name, RecordEmitter.Emit(schema, record));
            yield return File(record.Name + ".Json", JsonEmitter.EmitConverter(schema, record));
        }

        foreach (UnionModel union in schema.Unions)
        {
            yield return File(union.Name, UnionEmitter.Emit(schema, union));
            yield return File(union.Name + ".Json", UnionEmitter.EmitConverter(schema, union));
        }

        if (schema.JsonRules is { } rules)
        {
            MemberNames[] names =
            [
                .. schema.Records.Select(record => (record.JsonRules, Names: RecordEmitter.NamesOf(record)))
                    .Concat(schema.Unions.Select(union => (union.JsonRules, Names: new MemberNames(union.Name, []))))
                    .Where(type => type.JsonRules is not null).OrderBy(type => type.JsonRules).Select(type => type.Names),
            ];
            yield return File("ChatJsonRules", JsonValidatorEmitter.Emit(rules, schema.Namespace, "ChatJsonRules", [.. names.Select(name => name.Type)], members: names));
        }

        if (schema.UsageRules is { } usageRules)
        {
            yield return File("ChatSchema.Rules", UsageEmitter.EmitRules(schema.Namespace, usageRules));
        }

        foreach (EnumModel model in schema.Enums)
        {
            yield return File(model.Name, EnumEmitter.Emit(schema.Namespace, model));
        }

        yield return File("ChatJsonContext", JsonEmitter.EmitContext(schema));
        yield return File(schema.Errors.Name, ErrorCodeEmitter.Emit(schema));
        yield return File("ChatSchema", ChatSchemaEmitter.Emit(schema));
        yield return File("ChatClient", ClientEmitter.EmitClient(schema));
        yield return File("ChatSession", ClientEmitter.EmitSession(schema));
        yield return File("ChatSessionPromise", ClientEmitter.EmitPromise(schema));
        if (schema.Rest is { } rest)
        {
            yield return File(rest.Interface, RestEmitter.EmitApi(schema, rest));
            yield return File("RestTransport", RestEmitter.EmitTransport(schema, rest));
        }

        (string, string) File(string name, string source) => ($"{schema.Namespace}.{HintName(name)}.g.cs", deprecates ? Quiet(source) : source);
    }

    /// <summary>What is deprecated is read and written all the same.</summary>
    private static string Quiet(string source)
    {
        int end = source.IndexOf('\n', source.IndexOf("#nullable", StringComparison.Ordinal));
        return source.Insert(end + 1, "#pragma warning disable CS0618\n");
    }

    /// <summary>
    /// The compiler takes letters, digits and some signs in the name of a file, but not the marks that may stand in an identifier, as in Hindi or Thai.
    /// No identifier holds a hyphen, so names stay apart.
    /// </summary>
    private static string HintName(string name) => string.Concat(name.Select(character =>
        char.IsLetterOrDigit(character) || character is '.' or '_' ? character.ToString() : $"-{((int)character).ToString("x4", CultureInfo.InvariantCulture)}"));
}
