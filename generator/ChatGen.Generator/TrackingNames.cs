namespace ChatGen.Generator;

/// <summary>Names of the pipeline's steps, for tests of what is cached.</summary>
internal static class TrackingNames
{
    public const string Inputs = nameof(Inputs);
    public const string Schemas = nameof(Schemas);
    public const string Results = nameof(Results);
    public const string Models = nameof(Models);
    public const string Host = nameof(Host);

    public static IReadOnlyList<string> All { get; } = [Inputs, Schemas, Results, Models, Host];
}
