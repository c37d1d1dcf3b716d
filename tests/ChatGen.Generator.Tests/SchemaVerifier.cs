using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>
/// Verifies what the generator says of a schema: the places are marked in the schema's text, as in <c>{|CHAT1004:"intger"|}</c>.
/// Code that uses the generated client is compiled with it, so that whatever the compiler says beside the marked diagnostics fails the test.
/// </summary>
internal static class SchemaVerifier
{
    private const string Path = "/work/acme.chat.json";

    /// <summary>What every program that uses the built-in client relies on.</summary>
    public const string Client = """
        #nullable enable
        using System;
        using System.Threading.Tasks;
        using Acme.Chat;

        internal static class Program
        {
            internal static async Task RunAsync(Uri server)
            {
                await using var client = new ChatClient();
                await using ChatSession session = await client.StartSessionAsync(new StartSessionOptions { ServerUrl = server, Username = "Jane" });
                session.OnMessageReceived(e => Console.WriteLine($"{e.Party.Name}: {e.Content.Text}"));
                await session.SendMessageAsync("Hello");
                ChatSession? restored = await client.RestoreSessionAsync();
                Console.WriteLine(ErrorCode.UnknownSession);
            }
        }
        """;

    public static async Task VerifyAsync(string markedSchema, string code = Client, params DiagnosticResult[] expected)
    {
        _ = GeneratorRun.Of(Unmark(markedSchema), code);

        var test = new CSharpSourceGeneratorTest<ChatGenerator, DefaultVerifier>
        {
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
            TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck,
            CompilerDiagnostics = CompilerDiagnostics.Warnings,
            TestState =
            {
                Sources = { code },
                AdditionalFiles = { (Path, markedSchema) },
                AnalyzerConfigFiles =
                {
                    ("/.globalconfig", $"""
                        is_global = true
                        build_property.RootNamespace = Acme
                        [{Path}]
                        build_metadata.AdditionalFiles.ChatGenSchema = true
                        build_metadata.AdditionalFiles.ChatGenNamespace = Acme.Chat
                        """),
                },
            },
        };
        test.TestState.AdditionalReferences.AddRange(Net100.References.All);
        test.TestState.AdditionalReferences.Add(typeof(ChatProtocol).Assembly);
        test.TestState.AdditionalReferences.Add(typeof(Refit.RestService).Assembly);
        test.TestState.AdditionalReferences.Add(typeof(Microsoft.Extensions.Logging.ILogger).Assembly);
        test.ExpectedDiagnostics.AddRange(expected);
        test.DisabledDiagnostics.Add("CS1591");
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Unmark(string markedSchema)
    {
        TestFileMarkupParser.GetPositionsAndSpans(markedSchema, out string schema, out _, out ImmutableDictionary<string, ImmutableArray<Microsoft.CodeAnalysis.Text.TextSpan>> _);
        return schema;
    }
}
