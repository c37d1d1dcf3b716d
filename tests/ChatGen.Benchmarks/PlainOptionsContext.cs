using System.Text.Json.Serialization;
using ChatGen.Benchmarks.Ruled;
using ChatGen.Benchmarks.Typed;

namespace ChatGen.Benchmarks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PlainOptions))]
[JsonSerializable(typeof(MutableOptions))]
[JsonSerializable(typeof(TypedOptions))]
[JsonSerializable(typeof(RuledOptions))]
internal sealed partial class PlainOptionsContext : JsonSerializerContext;
