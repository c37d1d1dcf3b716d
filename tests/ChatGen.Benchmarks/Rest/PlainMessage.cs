namespace ChatGen.Benchmarks.Rest;

/// <summary>The message as one writes it for Refit and System.Text.Json.</summary>
public sealed record PlainMessage(string Text, long? Index = null, string? Author = null);
