namespace ChatGen.Generator.Model;

/// <summary>What the project offers to the generated code.</summary>
/// <param name="HasRuntime">Whether the runtime is referenced.</param>
/// <param name="TooLowLanguageVersion">The version of C#; <see langword="null"/> if it is new enough.</param>
/// <param name="RefitProblem">Why Refit cannot be used; <see langword="null"/> if it can.</param>
internal sealed record HostModel(bool HasRuntime, string? TooLowLanguageVersion, string? RefitProblem);
