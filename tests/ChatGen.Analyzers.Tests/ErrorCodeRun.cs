using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using ChatGen.Analyzers.ErrorCodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Tests;

/// <summary>Compilations in which error codes are compared, and what the analyzer says of them.</summary>
internal static class ErrorCodeRun
{
    private static readonly ConcurrentDictionary<string, Compilation> s_generated = new(StringComparer.Ordinal);

    /// <summary>A schema of its own with two textual codes and one numeric, no range, and the nameless code 9001 of the client.</summary>
    public const string Textual = """
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
          "x-chat": { "extends": "genesys-gwe-8.5", "errors": { "connection": 9001, "library": 0 } },
          "definitions": { "ErrorCode": { "x-chat-ranges": null, "x-chat-codes": {
            "Unspecified": null, "UnknownCommand": null, "MissingParameter": null, "InvalidParameter": null, "UnknownSession": null, "CommandStopped": null, "CommandFailed": null,
            "ChatServerUnreachable": null, "ChatServerLoginFailed": null, "ConnectionInterrupted": null,
            "QueueClosed": { "code": "queue.closed", "description": "Closed." }, "QueueFull": { "code": "queue.full", "description": "Full." },
            "Busy": { "code": 4701, "description": "Busy." } } } } }
        """;

    /// <summary>Code within a method that has an exception and a code of it.</summary>
    public static string Body(string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using Acme.Chat;
        using ChatGen;

        internal static class Program
        {
            internal static object? Run(ChatException e, ChatException? maybe, ChatErrorCode code, int number, string text, bool condition)
            {
                {{statements}}
                return null;
            }
        }
        """;

    /// <summary>A second schema, as the generator would write it into another assembly: 50 and 5000, and a range from 6000 on.</summary>
    public static MetadataReference OtherSchema => Emit(CompileWith("""
        [assembly: ChatGen.ChatErrorCodes(typeof(Other.Fault.Values), 6000, 6099)]

        namespace Other;

        public static class Fault
        {
            public static class Values
            {
                public const int Gone = 50;
                public const int Mine = 5000;
            }
        }
        """));

    /// <summary>A schema that names no codes.</summary>
    public static MetadataReference EmptySchema => Emit(CompileWith("""
        [assembly: ChatGen.ChatErrorCodes(typeof(Empty.Values))]

        public static class Empty
        {
            public static class Values;
        }
        """));

    /// <summary>
    /// Asserts what is said of code: <c>{|CHAT2021:4711|}</c> marks where it is.
    /// </summary>
    /// <param name="statements">The marked code.</param>
    /// <param name="compile">Compiles it.</param>
    /// <returns>The messages.</returns>
    public static async Task<IReadOnlyList<string>> AssertAsync(string statements, Func<string, Compilation> compile)
    {
        TestFileMarkupParser.GetPositionsAndSpans(Body(statements), out string code, out _, out ImmutableDictionary<string, ImmutableArray<TextSpan>> spans);
        ImmutableArray<Diagnostic> diagnostics = await UsageRun.AnalyzeAsync(compile(code), new ErrorCodeAnalyzer());
        Assert.Equal(
            spans.SelectMany(pair => pair.Value.Select(span => (pair.Key, Text: code.Substring(span.Start, span.Length), span.Start))).OrderBy(mark => mark.Start),
            diagnostics.Select(diagnostic => (diagnostic.Id, Text: code.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length), diagnostic.Location.SourceSpan.Start)));
        return [.. diagnostics.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture))];
    }

    /// <summary>Code with the error codes that are generated from a schema. The generator runs once for each.</summary>
    public static Compilation Compile(string code, string? schema = null) =>
        With(code, s_generated.GetOrAdd(schema ?? "", static key =>
        {
            Compilation compilation = UsageRun.Compile("", key.Length > 0 ? key : null);
            return compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Where(tree => !tree.FilePath.EndsWith(".ErrorCode.g.cs", StringComparison.Ordinal)));
        }));

    /// <summary>Code that uses types of other assemblies and generates nothing.</summary>
    public static Compilation CompileWith(string code, params MetadataReference[] assemblies) => With(code, CSharpCompilation.Create(
        "Other",
        references: [.. UsageRun.References, .. assemblies],
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)));

    /// <summary>The assembly of what is generated from a schema.</summary>
    public static MetadataReference Generated(string? schema = null) => Emit(Compile("", schema));

    /// <summary>The assembly that a compilation becomes.</summary>
    public static MetadataReference Emit(Compilation compilation)
    {
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        image.Position = 0;
        return MetadataReference.CreateFromStream(image);
    }

    private static Compilation With(string code, Compilation compilation)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.CSharp13), "Code.cs", cancellationToken: cancellationToken);
        compilation = compilation.AddSyntaxTrees(tree);
        Assert.Empty(compilation.GetSemanticModel(tree).GetDiagnostics(cancellationToken: cancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return compilation;
    }
}
