using System.Text.Json;

namespace ChatGen.Conformance;

/// <summary>The method of an emitted validator that adds every failure of an instance.</summary>
internal delegate void CollectFailures(JsonElement instance, ref List<ChatValidationFailure>? failures);
