namespace ChatGen.Analyzers.ErrorCodes;

/// <summary>An error code that has a name.</summary>
/// <param name="Name">The name of its constant.</param>
/// <param name="Value">Its value.</param>
internal sealed record KnownCode(string Name, CodeValue Value);
