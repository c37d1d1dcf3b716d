namespace ChatGen;

/// <summary>A rule of the schema that a value breaks.</summary>
/// <param name="Path">Where in the value, as a JSON path: <c>$.maxOfflineDuration</c>.</param>
/// <param name="Keyword">The JSON Schema keyword that is broken: <c>minimum</c>.</param>
/// <param name="Message">Member, rule, what is allowed and what was given.</param>
public sealed record ChatValidationFailure(string Path, string Keyword, string Message);
