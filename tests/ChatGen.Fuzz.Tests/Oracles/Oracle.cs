using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ChatGen.Fuzz.Tests.Mutation;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Fuzz.Tests.Oracles;

/// <summary>What has to hold of every document, whatever it is.</summary>
internal sealed class Oracle
{
    public const string Namespace = "Fuzz.Chat";

    /// <summary>How long the generator may take for any document, of the processor's time.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    // Most files of a mutated schema are those of its seed; each text is parsed once.
    private readonly ConcurrentDictionary<UInt128, byte> _seen = new();

    /// <summary>What is wrong; <see langword="null"/> if all holds. What stands in front of the first colon names the kind.</summary>
    public string? Check(string text, Replay? replay)
    {
        Generated generated;
        var time = ProcessorTime.Start();
        try
        {
            generated = Generated.From(text, Namespace);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return $"exception {exception.GetType().Name} in {exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("ChatGen.Generator.", StringComparison.Ordinal))?.Trim()}: {exception}";
        }

        if (time.Elapsed > Limit)
        {
            // Compiling the generator itself does not count: what is slow is slow twice.
            time = ProcessorTime.Start();
            _ = Generated.From(text, Namespace);
            if (time.Elapsed is var again && again > Limit)
            {
                return $"slow: took {again}";
            }
        }

        return CheckDiagnostics(text, generated) ?? CheckSources(text, generated) ?? CheckReplay(text, generated, replay);
    }

    private static string? CheckDiagnostics(string text, Generated generated)
    {
        SourceText? lines = null;
        foreach (DiagnosticInfo diagnostic in generated.Diagnostics)
        {
            if (!diagnostic.Descriptor.Id.StartsWith("CHAT1", StringComparison.Ordinal))
            {
                return $"diagnostic {diagnostic.Descriptor.Id}: {diagnostic.ToDiagnostic()}";
            }

            if (diagnostic.Location is not { Path: Generated.Path } location || location.Span.End > text.Length)
            {
                return $"location of {diagnostic.Descriptor.Id}: {diagnostic.Location}";
            }

            lines ??= SourceText.From(text);
            if (lines.Lines.GetLinePositionSpan(location.Span) != location.Lines)
            {
                return $"lines of {diagnostic.Descriptor.Id}: {location}";
            }

            _ = diagnostic.ToDiagnostic().GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        }

        return null;
    }

    private string? CheckSources(string text, Generated generated)
    {
        if (generated.Sources.Count == 0)
        {
            return "nothing generated: a document must never leave the project without its client";
        }

        var hintNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string hintName, string source) in generated.Sources)
        {
            if (!hintNames.Add(hintName) || !hintName.All(character => char.IsLetterOrDigit(character) || ".,-+`_ ()[]{}".Contains(character, StringComparison.Ordinal)))
            {
                return $"hint name: the compiler refuses '{hintName}'";
            }

            if (!_seen.ContainsKey(Hash(source)))
            {
                if (CheckSource(text, hintName, source) is { } problem)
                {
                    return problem;
                }

                _seen.TryAdd(Hash(source), 0);
            }
        }

        return null;
    }

    private static string? CheckSource(string text, string hintName, string source)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, s_parse, hintName);
        if (tree.GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning) is { } syntax)
        {
            return $"syntax {syntax.Id}: {syntax}\n{tree.GetText().Lines[syntax.Location.GetLineSpan().StartLinePosition.Line]}";
        }

        if (!source.Contains(Hostile.Marker, StringComparison.Ordinal) || IsMarkerInName(text))
        {
            return null;
        }

        SyntaxNode root = tree.GetRoot();
        if (root.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Text.Contains(Hostile.Marker, StringComparison.Ordinal))
            || root.DescendantTrivia().Any(trivia => (trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia)) && trivia.ToString().Contains(Hostile.Marker, StringComparison.Ordinal)))
        {
            return $"marker: a text of the schema stands as code in {hintName}\n{source}";
        }

        return null;
    }

    /// <summary>Whether an identifier may have been made of the marker: it stands in a name of a member, an operation or an interface, in what names enumeration values and branches, or in a reference.</summary>
    private static bool IsMarkerInName(string text)
    {
        var schema = new SchemaText(Generated.Path, text, isBuiltIn: false);
        return Contains(JsonParser.Parse(schema, new DiagnosticBag(schema), out _), isName: false);

        static bool Contains(JsonNode node, bool isName) => node switch
        {
            JsonStringNode value => isName && value.Value.Contains(Hostile.Marker, StringComparison.Ordinal),
            JsonArrayNode array => array.Items.Any(item => Contains(item, isName)),
            JsonObjectNode value => value.Members.Any(member =>
                (member is { Name: "x-chat-enum-names", Value: JsonObjectNode chosen } && chosen.Members.Any(each => Contains(each.Value, isName: true)))
                || member.Name.Contains(Hostile.Marker, StringComparison.Ordinal) || Contains(member.Value, member.Name is "enum" or "const" or "name" or "interface" or "$ref" or "$dynamicRef" or "x-chat-name")),
            _ => false,
        };
    }

    private static string? CheckReplay(string text, Generated generated, Replay? replay)
    {
        if (replay is null)
        {
            return null;
        }

        Generated again = replay.Run(text, Namespace);
        if (generated.IsSame(again))
        {
            return null;
        }

        (string Name, string Left, string Right)? differing = generated.Sources.Zip(again.Sources)
            .Where(pair => pair.First != pair.Second).Select(pair => ((string, string, string)?)(pair.First.HintName, pair.First.Source, pair.Second.Source)).FirstOrDefault();
        return $"replay: {replay.Name} the output is another: {differing}";
    }

    private static UInt128 Hash(string source)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(source.AsSpan()), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}
