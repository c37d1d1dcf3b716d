using System.Text.Json.Nodes;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Differential.Records;

/// <summary>A chat schema that is a variant of the built-in one.</summary>
/// <param name="Number">Its number in the run, of which with the seed it is made.</param>
/// <param name="Dialect">The dialect.</param>
/// <param name="Definitions">What it changes.</param>
/// <param name="Members">The members that it adds to the options.</param>
internal sealed record RecordSchema(int Number, JsonSchemaDialect Dialect, JsonObject Definitions, IReadOnlyDictionary<string, RandomMember> Members)
{
    public string Namespace => FormattableString.Invariant($"Acme.Chat{Number}");

    /// <summary>The chat schema as the generator reads it.</summary>
    public string Variant => Document(new JsonObject { ["extends"] = "genesys-gwe-8.5", ["transports"] = new JsonObject { ["rest"] = null } }, (JsonObject)Definitions.DeepClone()).ToJsonString();

    /// <summary>The members that the backend alone sets.</summary>
    public IEnumerable<string> ReadOnly => ((JsonObject?)Definitions["StartSessionOptions"]?["properties"] ?? []).Where(member => member.Value is JsonObject value && value["readOnly"]?.GetValue<bool>() == true)
        .Select(member => member.Key);

    private string DialectUri => Dialect == JsonSchemaDialect.Draft7 ? "http://json-schema.org/draft-07/schema#" : "https://json-schema.org/draft/2020-12/schema";

    /// <summary>The same rules as a plain schema of the options, for the judge.</summary>
    public string Plain(JsonObject builtIn)
    {
        var options = (JsonObject)builtIn["definitions"]!["StartSessionOptions"]!.DeepClone();
        var definitions = (JsonObject)Definitions.DeepClone();
        Merge(options, (JsonObject)definitions["StartSessionOptions"]!);
        definitions["StartSessionOptions"] = options;
        JsonObject document = Document(null, definitions);
        document["allOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/definitions/StartSessionOptions" });
        return document.ToJsonString();
    }

    private JsonObject Document(JsonObject? chat, JsonObject definitions)
    {
        var document = new JsonObject { ["$schema"] = DialectUri, ["$id"] = FormattableString.Invariant($"acme{Number}"), ["definitions"] = definitions };
        if (chat is not null)
        {
            document["x-chat"] = chat;
        }

        return document;
    }

    /// <summary>RFC 7396, of which the variants need no removal.</summary>
    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is JsonObject inner && target[name] is JsonObject old)
            {
                Merge(old, inner);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }
}
