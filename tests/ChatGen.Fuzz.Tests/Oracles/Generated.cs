using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Emit;
using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;

namespace ChatGen.Fuzz.Tests.Oracles;

/// <summary>What the generator makes of a document.</summary>
internal sealed record Generated(IReadOnlyList<DiagnosticInfo> Diagnostics, IReadOnlyList<(string HintName, string Source)> Sources)
{
    public const string Path = "/work/fuzz.chat.json";

    public static Generated From(string text, string ns)
    {
        LinkedSchema linked = SchemaLinker.Link([SchemaLinker.ReadHeader(new SchemaInput(Path, text, ns))]).Single();
        SchemaResult result = SchemaReader.Read(linked, CancellationToken.None);
        return new Generated([.. result.Diagnostics], result.Model is null ? [] : [.. SchemaEmitter.Emit(result.Model)]);
    }

    /// <summary>Whether both say the same; places may differ.</summary>
    public bool IsSame(Generated other) =>
        Sources.SequenceEqual(other.Sources)
        && Diagnostics.Select(diagnostic => (diagnostic.Descriptor.Id, string.Join('\n', diagnostic.Arguments)))
            .SequenceEqual(other.Diagnostics.Select(diagnostic => (diagnostic.Descriptor.Id, string.Join('\n', diagnostic.Arguments))));
}
