using System.Text.Json.Serialization;

namespace ChatGen.Benchmarks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PlainOptions))]
[JsonSerializable(typeof(MutableOptions))]
internal sealed partial class PlainOptionsContext : JsonSerializerContext;
