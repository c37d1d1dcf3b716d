using System.Reflection;

namespace ChatGen.Benchmarks.Compiler;

/// <summary>Where the compiler, its references and the generators are.</summary>
internal static class Toolchain
{
    private static readonly string s_dotnet = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
    private static readonly string s_referencePack = Newest(Path.Combine(s_dotnet, "packs", "Microsoft.NETCore.App.Ref"));

    /// <summary>The program that runs the compiler.</summary>
    public static string Host { get; } = Path.Combine(s_dotnet, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    /// <summary>The SDK's compiler, compiled ahead of time as users have it.</summary>
    public static string Compiler { get; } = Path.Combine(Newest(Path.Combine(s_dotnet, "sdk")), "Roslyn", "bincore");

    /// <summary>What the compiled projects refer to.</summary>
    public static IReadOnlyList<string> References { get; } =
    [
        .. Directory.GetFiles(Path.Combine(s_referencePack, "ref", "net10.0"), "*.dll"),
        .. new[] { "ChatGen.Runtime", "ChatGen.Bayeux", "Refit", "Microsoft.Extensions.Logging.Abstractions" }.Select(name => Path.Combine(AppContext.BaseDirectory, name + ".dll")),
    ];

    /// <summary>ChatGen's generator with what it needs.</summary>
    public static IReadOnlyList<string> ChatGen { get; } =
        [.. new[] { "ChatGen.Generator", "NJsonSchema", "NJsonSchema.Annotations", "Namotion.Reflection", "Newtonsoft.Json" }.Select(name => Path.Combine(Metadata("ChatGenGenerator"), name + ".dll"))];

    /// <summary>The generators of System.Text.Json and Refit.</summary>
    public static IReadOnlyList<string> Peers { get; } =
        [Path.Combine(s_referencePack, "analyzers", "dotnet", "cs", "System.Text.Json.SourceGeneration.dll"), .. Directory.GetFiles(Metadata("RefitGenerator"), "*.dll")];

    /// <summary>The analyzers of how options are used.</summary>
    public static IReadOnlyList<string> UsageAnalyzers { get; } = [Path.Combine(Metadata("ChatGenAnalyzers"), "ChatGen.Analyzers.dll")];

    /// <summary>The code analyzers that the SDK gives every project.</summary>
    public static IReadOnlyList<string> CodeAnalyzers { get; } =
        Directory.GetFiles(Path.Combine(Newest(Path.Combine(s_dotnet, "sdk")), "Sdks", "Microsoft.NET.Sdk", "analyzers"), "*.NetAnalyzers.dll");

    private static string Metadata(string key) =>
        typeof(Toolchain).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private static string Newest(string folder) =>
        Directory.GetDirectories(folder).MaxBy(path => Version.TryParse(Path.GetFileName(path), out Version? version) && version.Major <= Environment.Version.Major ? version : new Version())
        ?? throw new DirectoryNotFoundException($"'{folder}' has no version.");
}
