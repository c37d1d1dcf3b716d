using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGen.Differential.Judges;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Differential.Generation;

/// <summary>The cases of a seed, by number: even ones are of draft-07, odd ones of 2020-12.</summary>
internal static class CaseGenerator
{
    // Characters raw or escaped: what is read has to be the same.
    private static readonly JsonSerializerOptions[] s_ways = [new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }, new() { Encoder = JavaScriptEncoder.Default }];

    public static JudgedCase Create(int seed, int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        GeneratedSchema schema = SchemaGenerator.Create(random, number % 2 == 0 ? JsonSchemaDialect.Draft7 : JsonSchemaDialect.Draft202012);
        return new JudgedCase(schema.Dialect, Write(schema.Root, random), [.. Enumerable.Range(0, DifferentialSettings.InstancesPerSchema).Select(_ => Write(Instance(schema, random), random))]);
    }

    private static JsonNode? Instance(GeneratedSchema schema, Random random)
    {
        if (random.Chance(8))
        {
            return random.Value(3);
        }

        JsonNode? instance = new InstanceGenerator(random, schema).Create();
        return random.Chance(35) ? new InstanceMutator(random).Mutate(instance) : instance;
    }

    private static string Write(JsonNode? node, Random random) => node is null ? "null" : node.ToJsonString(random.Pick(s_ways));
}
