using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>What came of <c>transports.rest</c>.</summary>
/// <param name="Model">The interface and the mapping.</param>
/// <param name="Mapped">Names of the operations that are mapped.</param>
/// <param name="Declined">Names of the operations that the mapping says the backend lacks.</param>
internal sealed record RestResult(RestModel Model, HashSet<string> Mapped, HashSet<string> Declined);
