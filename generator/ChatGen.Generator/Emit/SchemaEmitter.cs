using System.Globalization;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Emit;

/// <summary>A model to files.</summary>
internal static class SchemaEmitter
{
    public static IEnumerable<(string HintName, string Source)> Emit(ChatSchemaModel schema)
    {
        foreach (RecordModel record in schema.Records)
        {
            yield return File(record.Name, RecordEmitter.Emit(schema, record));
            yield return File(record.Name + ".Json", JsonEmitter.EmitConverter(schema, record));
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

        (string, string) File(string name, string source) => ($"{schema.Namespace}.{HintName(name)}.g.cs", source);
    }
    /// <summary>
    /// The compiler takes letters, digits and some signs in the name of a file, but not the marks that may stand in an identifier, as in Hindi or Thai.
    /// No identifier holds a hyphen, so names stay apart.
    /// </summary>
    private static string HintName(string name) => string.Concat(name.Select(character =>
        char.IsLetterOrDigit(character) || character is '.' or '_' ? character.ToString() : $"-{((int)character).ToString("x4", CultureInfo.InvariantCulture)}"));
}
