using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using ChatGen.Analyzers.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Tests;

/// <summary>Runs the analyzer of configuration files over one file.</summary>
internal static class OptionsFileRun
{
    /// <summary>A schema with members of every kind.</summary>
    public const string Schema = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" },
          "definitions": {
            "Customer": {
              "type": "object",
              "properties": { "name": { "type": "string", "minLength": 2 }, "age": { "type": "integer", "minimum": 0, "maximum": 150 }, "vip": { "type": "boolean" } },
              "required": ["name"]
            },
            "StartSessionOptions": {
              "properties": {
                "customer": { "$ref": "#/definitions/Customer" },
                "customers": { "type": "array", "items": { "$ref": "#/definitions/Customer" } },
                "tags": { "type": "array", "items": { "type": "string", "maxLength": 5 }, "minItems": 2, "maxItems": 3, "uniqueItems": true },
                "limits": { "type": "object", "additionalProperties": { "type": "integer", "minimum": 1 } },
                "scores": { "type": "array", "items": { "type": "number" } },
                "channel": { "type": "string", "enum": ["web", "app"] },
                "number": { "type": "integer" },
                "price": { "type": "number", "x-chat-number": "decimal", "multipleOf": 0.01 },
                "timeout": { "type": "number", "x-chat-unit": "milliseconds", "exclusiveMinimum": 0 },
                "ticket": { "type": "string", "pattern": "^T-[0-9]+$" },
                "mail": { "type": "string", "format": "email" },
                "key": { "type": "string", "format": "uuid" },
                "max_wait": { "type": "integer", "minimum": 1 },
                "note": { "type": ["string", "null"] },
                "anything": { "not": { "const": "never" } },
                "token": { "type": "string", "readOnly": true }
              }
            }
          }
        }
        """;

    private static readonly Regex s_mark = new(@"\{\|(CHAT\d{4}):(.*?)\|\}", RegexOptions.Singleline);
    private static readonly Lazy<Compilation> s_builtIn = new(() => UsageRun.Compile(""));
    private static readonly Lazy<Compilation> s_acme = new(() => UsageRun.Compile("", Schema));

    /// <summary>A compilation of the built-in schema.</summary>
    public static Compilation BuiltIn => s_builtIn.Value;

    /// <summary>A compilation of <see cref="Schema"/>.</summary>
    public static Compilation Acme => s_acme.Value;

    /// <summary>What is said of a file.</summary>
    public static Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, string json, params (string Name, string Value)[] metadata) =>
        RunAsync(compilation, [("appsettings.json", json)], [("ChatGenOptions", "true"), .. metadata]);

    /// <summary>What is said of files, in the order of their text.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, (string Path, string Json)[] files, (string Name, string Value)[] metadata)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            [new OptionsFileAnalyzer()], new AnalyzerOptions([.. files.Select(file => new AdditionalFile(file.Path, file.Json))], new Metadata(metadata)));
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>Takes marks such as <c>{|CHAT2003:-1|}</c> out of a text.</summary>
    public static (string Json, (string Id, TextSpan Span)[] Marks) ReadMarks(string marked)
    {
        var marks = new List<(string, TextSpan)>();
        string json = marked;
        while (s_mark.Match(json) is { Success: true } match)
        {
            marks.Add((match.Groups[1].Value, new TextSpan(match.Index, match.Groups[2].Length)));
            json = json[..match.Index] + match.Groups[2].Value + json[(match.Index + match.Length)..];
        }

        return (json, [.. marks]);
    }

    private sealed class AdditionalFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Metadata((string Name, string Value)[] metadata) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values([]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(metadata);
    }

    private sealed class Values((string Name, string Value)[] metadata) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = Array.Find(metadata, each => "build_metadata.AdditionalFiles." + each.Name == key).Value;
            return value is not null;
        }
    }
}
