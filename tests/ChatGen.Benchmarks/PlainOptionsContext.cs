using System.Text.Json.Serialization;
using ChatGen.Benchmarks.Typed;

namespace ChatGen.Benchmarks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PlainOptions))]
[JsonSerializable(typeof(MutableOptions))]
[JsonSerializable(typeof(TypedOptions))]
internal sealed partial class PlainOptionsContext : JsonSerializerContext;
