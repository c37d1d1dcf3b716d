using System.Text.Json.Nodes;
using Xunit;

namespace ChatGen.MetaSchema.Tests;

/// <summary>The built-in schema with one value replaced, at every place and each time by some of the values: both validators judge it alike.</summary>
public class AgreementTests
{
    private const int ValuesPerPlace = 2;

    private static readonly string[] s_values =
    [
        "5", "-1", "1.5", "true", "false", "\"\"", "\"x\"", "\"string\"", "[]", "[1]", "[\"a\", \"a\"]", "{}", "{ \"a\": 1 }", "{ \"$ref\": \"#/definitions/Party\" }", "{ \"type\": \"string\" }",
    ];

    [Fact]
    public async Task Both_validators_judge_alike()
    {
        (string Name, JsonObject Document)[] documents =
        [
            .. Places(ChatDocument.BuiltIn(), "").SelectMany((place, index) => Enumerable.Range(index * ValuesPerPlace, ValuesPerPlace)
                .Select(number => s_values[number % s_values.Length]).Select(value => ($"{place}: {value}", ChatDocument.With(place, value)))),
        ];

        IReadOnlyDictionary<string, string[]> objections = await Ajv.ValidateAsync(Repository.MetaSchema, documents);

        Assert.InRange(documents.Length, 1000, 10_000);
        Assert.InRange(objections.Values.Count(found => found.Length > 0), 500, documents.Length - 100);
        Assert.All(documents, document => Assert.Equal(objections[document.Name].Length > 0, Read.Validate(document.Document.ToJsonString()).Count > 0));
    }

    private static IEnumerable<string> Places(JsonNode? node, string place)
    {
        IEnumerable<(string Place, JsonNode? Node)> children = node switch
        {
            JsonObject members => members.Select(member => (place + "/" + member.Key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal), member.Value)),
            JsonArray items => items.Select((item, index) => ($"{place}/{index}", item)),
            _ => [],
        };
        return children.SelectMany(child => Places(child.Node, child.Place).Prepend(child.Place));
    }
}
