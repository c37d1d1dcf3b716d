using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ChatGen.Analyzers.Configuration;

/// <summary>What a project says of a file that holds options: the metadata of its item <c>ChatOptions</c>.</summary>
/// <param name="Section">The keys that lead to the options.</param>
/// <param name="Options">The type of the options; null if the section holds those of operations, by their names.</param>
/// <param name="Namespace">The namespace of the generated types; null if it does not matter.</param>
internal sealed record OptionsFile(IReadOnlyList<string> Section, string? Options, string? Namespace)
{
    private const string DefaultSection = "Chat";

    /// <summary>Reads the metadata of a file; null if it holds no options.</summary>
    public static OptionsFile? Read(AdditionalText file, AnalyzerConfigOptionsProvider provider)
    {
        AnalyzerConfigOptions metadata = provider.GetOptions(file);
        return string.Equals(Get("ChatGenOptions"), "true", StringComparison.OrdinalIgnoreCase)
            ? new OptionsFile((Get("ChatGenOptionsSection") ?? DefaultSection).Split(':'), Get("ChatGenOptionsType"), Get("ChatGenOptionsNamespace"))
            : null;

        string? Get(string name) => metadata.TryGetValue("build_metadata.AdditionalFiles." + name, out string? value) && value.Trim() is { Length: > 0 } text ? text : null;
    }
}
