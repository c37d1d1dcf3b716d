using System.Collections.Immutable;
using ChatGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace ChatGen.Analyzers.Tests.Cases;

/// <summary>What all cases share: the generated code of one schema, made once, and values that nobody knows.</summary>
internal static class CaseLibrary
{
    private const string Shared = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Text.Json.Nodes;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using ChatGen;
        global using Acme.Chat;
        global using static Some;

        static class Some
        {
            public static string text => Environment.MachineName;
            public static string? maybe => Environment.GetEnvironmentVariable("a");
            public static int number => Environment.TickCount;
            public static bool flag => number > 5;
            public static Uri url => new Uri(text);
            public static IChatTransport transport => throw new NotSupportedException();
            public static IChatTransport? perhaps => null;
            public static ChatSession session => throw new NotSupportedException();
            public static ChatClient client => new();
            public static StartSessionOptions options => throw new NotSupportedException();
            public static OrderOptions order => throw new NotSupportedException();
            public static IReadOnlyList<string> list => [];
            public static T Keep<T>(T value) => value;
            public static void Take(params object?[] all) { }
            public static void Change(ref OrderOptions order) { }
            public static void ChangeText(ref string text) { }
            public static void Set(out string text) => text = "";
        }
        """;

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp13);
    private static readonly Lazy<CSharpCompilation> s_beside = new(Generate);
    private static readonly Lazy<CSharpCompilation> s_elsewhere = new(Reference);

    /// <summary>The generated code is part of the compilation.</summary>
    public static CSharpCompilation Beside => s_beside.Value.AddSyntaxTrees(Parse(Shared, "Shared.cs"));

    /// <summary>The generated code is an assembly that the compilation references.</summary>
    public static CSharpCompilation Elsewhere => s_elsewhere.Value.AddSyntaxTrees(Parse(Shared, "Shared.cs"));

    public static SyntaxTree Parse(string code, string path) => CSharpSyntaxTree.ParseText(code, s_parse, path);

    private static CSharpCompilation Generate()
    {
        CSharpCompilation compilation = Empty("Acme");
        CSharpGeneratorDriver.Create([new ChatGenerator().AsSourceGenerator()], [UsageRun.File("acme.chat.json", CaseSchema.Text)], s_parse, UsageRun.Namespaces(_ => "Acme.Chat"))
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        Assert.Empty(diagnostics);
        return (CSharpCompilation)output;
    }

    private static CSharpCompilation Reference()
    {
        using var image = new MemoryStream();
        EmitResult emitted = s_beside.Value.WithAssemblyName("Acme.Library").Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Take(10)));
        return Empty("Acme").AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
    }

    private static CSharpCompilation Empty(string name) => CSharpCompilation.Create(
        name, [], UsageRun.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}
