namespace ChatGen.Generator.Model;

/// <summary>What the project offers to the generated code. <paramref name="TooLowLanguageVersion"/> is <see langword="null"/> if C# is new enough.</summary>
internal sealed record HostModel(bool HasRuntime, string? TooLowLanguageVersion);
