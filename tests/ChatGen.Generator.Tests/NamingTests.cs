using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>How a schema's author chooses names in C#.</summary>
public class NamingTests
{
    [Fact]
    public void Every_name_can_be_chosen_and_the_wire_keeps_its_own()
    {
        GeneratorRun run = GeneratorRun.Of(Schema("""
            "StartSessionOptions": { "x-chat-name": "Opening", "properties": {
                "q": { "type": "string", "enum": ["a b", "a-b", "C"], "x-chat-name": "WorkQueue", "x-chat-enum-names": { "a b": "AB", "C": "Sea" } },
                "p": { "$ref": "#/definitions/Place", "x-chat-name": "Where" } } },
            "Place": { "x-chat-name": "Site", "type": "object", "required": ["x"], "properties": { "x": { "type": "integer", "x-chat-name": "Left_1" } } },
            "GetTranscriptOptions": { "properties": { "fromIndex": { "x-chat-name": "First" } } },
            "TranscriptResult": { "x-chat-name": "Page", "properties": { "transcript": { "x-chat-name": "Lines" } } },
            "MessageReceivedEvent": { "x-chat-name": "Said" },
            "ErrorCode": { "x-chat-name": "Fault", "x-chat-codes": { "unknownSession": { "code": 4711, "description": "Gone.", "x-chat-name": "Gone" } } }
            """, """
            "start": { "x-chat-name": "Open" },
            "commands": { "sendMessage": { "x-chat-name": "Say" } },
            "events": { "types": { "messageReceived": { "x-chat-name": "Heard" } } }
            """), """
            #nullable enable
            using System;
            using System.Threading.Tasks;
            using Acme.Chat;

            internal static class Program
            {
                internal static async Task RunAsync(ChatClient client, IChatApi api)
                {
                    ChatSession session = await client.OpenAsync(new Opening
                    {
                        ServerUrl = new Uri("https://chat.example.com/"), WorkQueue = OpeningWorkQueue.AB, Where = new Site { Left_1 = 1 },
                    });
                    Console.WriteLine(OpeningWorkQueue.AB_ == OpeningWorkQueue.Sea);
                    session.OnHeard((Said e) => Console.WriteLine(e.Content.Text));
                    await session.SayAsync("Hello");
                    Page page = await session.GetTranscriptAsync(new GetTranscriptOptions { First = 1 });
                    page = await session.GetTranscriptAsync(first: 1);
                    page = await api.GetTranscriptAsync(first: 1, sessionId: "1");
                    Console.WriteLine(page.Lines.Count);
                    Console.WriteLine(Fault.Gone);
                    Console.WriteLine(ChatSchema.OpenCommand.ToString() + ChatSchema.SayCommand + ChatSchema.HeardType);
                }
            }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.Contains("SayCommand { get; } = new(\"sendMessage\"", run.Source("ChatSchema"), StringComparison.Ordinal);
        Assert.Contains("HeardType { get; } = new(\"messageReceived\", \"MessageReceived\"", run.Source("ChatSchema"), StringComparison.Ordinal);
        Assert.Contains("\"fromIndex\"", run.Source("GetTranscriptOptions.Json"), StringComparison.Ordinal);
        Assert.Contains("<summary>a b</summary>\n    AB,\n", run.Source("OpeningWorkQueue"), StringComparison.Ordinal);
        Assert.Contains("<summary>a-b</summary>\n    AB_,\n", run.Source("OpeningWorkQueue"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"work queue\"", "'work queue' cannot be a C# name; it is no identifier")]
    [InlineData("\"1st\"", "'1st' cannot be a C# name; it is no identifier")]
    [InlineData("\"\"", "'' cannot be a C# name; it is no identifier")]
    [InlineData("\"A\\u200dB\"", "'A\u200dB' cannot be a C# name; it is no identifier")]
    [InlineData("\"@Class\"", "'@Class' cannot be a C# name; it is no identifier")]
    [InlineData("\"A; class EVIL { }\"", "'A; class EVIL { }' cannot be a C# name; it is no identifier")]
    [InlineData("\"class\"", "'class' cannot be a C# name; it must begin with a capital letter, as generated names do")]
    [InlineData("\"__\"", "'__' cannot be a C# name; it must have a letter")]
    [InlineData("5", "'x-chat-name' cannot be a C# name; a string is needed")]
    public void A_name_that_cannot_be_is_said(string name, string message)
    {
        GeneratorRun run = GeneratorRun.Of(Schema($$""" "StartSessionOptions": { "properties": { "q": { "type": "string", "x-chat-name": {{name}} } } } """));

        Assert.Equal(message, Assert.Single(run.Diagnostics).GetMessage(null));
        Assert.Contains("? Q { get; init; }", run.Source("StartSessionOptions"), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Places => new()
    {
        { """ "StartSessionOptions": { "properties": { "q": { "type": "string", "x-chat-name": {|CHAT1042:"a b"|} } } } """, "" },
        { """ "StartSessionOptions": { "x-chat-name": {|CHAT1042:"a b"|} } """, "" },
        { """ "Word": { "type": "string", "x-chat-name": {|CHAT1042:"a b"|} } """, "" },
        { """ "ErrorCode": { "x-chat-name": {|CHAT1042:"a b"|} } """, "" },
        { """ "ErrorCode": { "x-chat-codes": { "A": { "code": 4711, "description": "A.", "x-chat-name": {|CHAT1042:"a b"|} } } } """, "" },
        { """ "Color": { "type": "string", "enum": ["red"], "x-chat-enum-names": { "red": {|CHAT1042:"a b"|} } } """, "" },
        { """ "Color": { "type": "string", "enum": ["red"], "x-chat-enum-names": { {|CHAT1006:"rad"|}: "Red" } } """, "" },
        { """ "Color": { "type": "string", "enum": ["red"], "x-chat-enum-names": {|CHAT1006:["Red"]|} } """, "" },
        { "", """ "commands": { "sendMessage": { "x-chat-name": {|CHAT1042:"a b"|} } } """ },
        { "", """ "events": { "types": { "messageReceived": { "x-chat-name": {|CHAT1042:"a b"|} } } } """ },
        { "", """ "restore": { "x-chat-name": {|CHAT1042:"a b"|} } """ },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void A_name_that_cannot_be_is_located(string definitions, string chat) => AssertLocated(Schema(definitions, chat));

    public static TheoryData<string, string> Clashes => new()
    {
        { """ "StartSessionOptions": { "properties": { "a": { "type": "string" }, {|CHAT1013:"b"|}: { "type": "string", "x-chat-name": "A" } } } """, "" },
        { """ "StartSessionOptions": { "properties": { "ab": { "type": "string", "x-chat-name": "AB" }, {|CHAT1013:"a_b"|}: { "type": "string", "x-chat-name": "A_B" } } } """, "" },
        { """ "StartSessionOptions": { "properties": { {|CHAT1013:"b"|}: { "type": "string", "x-chat-name": "Validate" } } } """, "" },
        { """ "StartSessionOptions": { "properties": { {|CHAT1013:"b"|}: { "type": "string", "x-chat-name": "StartSessionOptions" } } } """, "" },
        { """ "Color": {|CHAT1013:{|} "type": "string", "enum": ["red"], "x-chat-name": "StartSessionOptions" } """, "" },
        { """ "Color": {|CHAT1013:{|} "type": "string", "enum": ["red"], "x-chat-name": "ChatClient" } """, "" },
        { """ "Color": { "type": "string", "enum": ["red", "green"], "x-chat-enum-names": { "red": "C", "green": {|CHAT1013:"C"|} } } """, "" },
        { """ "ErrorCode": { "x-chat-codes": { "A": { "code": 4711, "description": "A." }, {|CHAT1013:"B"|}: { "code": 4712, "description": "B.", "x-chat-name": "A" } } } """, "" },
        { "", """ "commands": { "a": { "x-chat-name": "SendNothing" }, {|CHAT1013:"sendNothing"|}: { } }, "transports": { "cometd": { "operations": { "a": "a" } } } """ },
        { "", """ "commands": { {|CHAT1013:"a"|}: { "x-chat-name": "StartSession" } } """ },
        { "", """ "commands": { {|CHAT1013:"startSession"|}: { } } """ },
    };

    [Theory]
    [MemberData(nameof(Clashes))]
    public void Chosen_names_that_clash_are_located(string definitions, string chat) => Assert.Empty(AssertLocated(Schema(definitions, chat)).CompilerProblems);

    [Fact]
    public void A_chosen_name_resolves_a_clash()
    {
        GeneratorRun run = GeneratorRun.Of(Schema("""
            "StartSessionOptions": { "properties": { "user-name": { "type": "string" }, "user_name": { "type": "string", "x-chat-name": "UserName2" } } },
            "startSessionOptions": { "type": "object", "x-chat-name": "Other", "properties": { "x": { "type": "string" } } }
            """));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public void Two_query_parameters_of_one_name_are_told_apart_by_chosen_names()
    {
        GeneratorRun run = GeneratorRun.Of(Schema(
            """ "GetTranscriptOptions": { "properties": { "from-index": { "type": "integer", "x-chat-name": "Other" } } } """,
            """ "transports": { "rest": { "requests": { "getTranscript": { "query": { "from-index": "{options.from-index}" } } } } } """));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    private static GeneratorRun AssertLocated(string markedSchema)
    {
        TestFileMarkupParser.GetPositionsAndSpans(markedSchema, out string schema, out _, out ImmutableDictionary<string, ImmutableArray<TextSpan>> spans);
        GeneratorRun run = GeneratorRun.Of(schema);
        Assert.Equal(
            spans.SelectMany(pair => pair.Value.Select(span => (pair.Key, span))),
            run.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        return run;
    }

    private static string Schema(string definitions, string chat = "") => $$"""
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
          "x-chat": { "extends": "genesys-gwe-8.5"{{(chat.Length > 0 ? "," : "")}} {{chat}} },
          "definitions": { {{definitions}} } }
        """;

    [Theory]
    [InlineData("Acme", "Acme")]
    [InlineData("Acme.Shop", "Acme.Shop")]
    [InlineData("my-app", "my_app")]
    [InlineData("3D.class", "_3D._class")]
    [InlineData("a..b", "a._.b")]
    public void A_project_whose_name_is_no_namespace_gets_one_like_it(string project, string ns)
    {
        Assert.Equal(ns, Reading.Names.ToNamespace(project));
        Assert.True(Reading.Names.IsNamespace(ns));
    }
}
