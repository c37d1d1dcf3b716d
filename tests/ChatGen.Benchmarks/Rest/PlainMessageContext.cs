using System.Text.Json.Serialization;

namespace ChatGen.Benchmarks.Rest;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlainMessage))]
internal sealed partial class PlainMessageContext : JsonSerializerContext;
