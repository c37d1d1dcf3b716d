using Xunit;

namespace ChatGen.Generator.Tests.Rest;

/// <summary>Files in options and as results: <c>x-chat-service</c> <c>file</c>, <c>x-chat-file</c> and the result <c>file</c>.</summary>
public class RestFileTests
{
    private const string Rest = "x-chat.transports.rest";

    private const string Commands = """
        "commands": { "sendFile": { "options": { "$ref": "#/definitions/SendFileOptions" }, "parameters": ["file", "note"] }, "fetch": { "options": { "$ref": "#/definitions/FetchOptions" }, "result": "file" } },
        """;

    private const string Definitions = """
        "SendFileOptions": { "type": "object", "required": ["file"], "properties": {
            "file": { "description": "The file.", "x-chat-service": "file", "x-chat-file": { "maxSize": 10, "types": ["image/*", "application/pdf", ".txt"] } },
            "thumbnail": { "x-chat-service": "file" }, "note": { "type": "string" }, "data": { "type": "object" } } },
        "FetchOptions": { "type": "object", "properties": { "id": { "type": "string" } }, "required": ["id"] }
        """;

    private const string Requests = """
        "requests": {
          "sendFile": { "method": "POST", "path": "/files", "body": { "encoding": "multipart", "content": { "file": "{options.file}", "note": "{options.note}", "data": { "all": "{options.data|json}" } } } },
          "announce": { "method": "POST", "path": "/names", "body": { "content": { "name": "{options.file.name}", "type": "{options.file.type}", "size": "{options.file.size}" } } },
          "fetch": { "method": "GET", "path": "/files/{options.id}" } }
        """;

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { """ "requests": { "sendFile": { "method": "POST", "path": "/f", "body": { "content": { "f": "[|{options.file}|]" } } } } """, "", "'options.file' is a file, which only a body of the encoding 'multipart' or 'file' can send" },
        { """ "requests": { "sendFile": { "method": "POST", "path": "/f", "body": { "encoding": "form", "content": { "f": "[|{options.file}|]" } } } } """, "", "'options.file' is a file, which only a body of the encoding 'multipart' or 'file' can send" },
        { """ "requests": { "sendFile": { "method": "POST", "path": "/[|{options.file}|]" } } """, "", "'options.file' is a file, which only a body of the encoding 'multipart' or 'file' can send" },
        { """ "requests": { "sendFile": { "method": "POST", "path": "/f", "body": [|{}|] } } """, "", "The options of 'sendFile' have the file 'file', which only a body of the encoding 'multipart' or 'file' can send" },
        { """ "requests": { "sendFile": { "method": "POST", "path": "/f", "body": [|{ "encoding": "file" }|] } } """, "", $"'{Rest}.requests.sendFile.body' needs 'content' with a file of the options, such as '{{options.file}}'" },
        { """ "requests": { "sendFile": { "method": "POST", "path": "/f", "body": [|{ "encoding": "multipart" }|] } } """, "", $"'{Rest}.requests.sendFile.body' needs 'content': its members are the parts" },
        { """ "requests": { "sendFile": { "method": "POST", "path": "/f", "body": { "encoding": "file", "content": [|"{options.note}"|] } } } """, "", "'options.note' is no file; only a property with '\"x-chat-service\": \"file\"' is" },
        { """ "requests": { "sendFile": { "method": "POST", "path": "/f", "body": { "encoding": "file", "content": [|"a {options.file}"|] } } } """, "", $"'{Rest}.requests.sendFile.body.content' must be one file of the options, such as '{{options.file}}'" },
        { """ "requests": { "sendFile": { "method": "POST", "path": "/f", "body": { "encoding": "multipart", "content": { "a": { "b": "[|{options.file}|]" } } } } } """, "", "'options.file' is a file and must be a part by itself: a member of 'content' that is '{options.file}' and nothing else" },
        { """ "requests": { "get": [|{ "method": "GET", "path": "/f" }|] }, "operations": { "fetch": "get" } """, "", $"'fetch' answers a file, so '{Rest}.requests.get.result' must be \"file\"" },
        { """ "requests": { "getTranscript": { "result": [|"file"|] } } """, "", $"'{Rest}.requests.getTranscript' answers a file, but 'getTranscript' a 'TranscriptResult'; give the command '\"result\": \"file\"'" },
        { """ "requests": { "sendFile": { "method": "POST", "path": "/[|{options.file.length}|]" } } """, "", "'options.file.length' leads to nothing: the file 'file' has no 'length'; allowed are 'name', 'type', 'size'" },
        { "", """ "FetchOptions": { "properties": { "id": { "type": "string", "x-chat-file": [|{}|] } } } """, "'x-chat-file' says what a file may be, so it needs '\"x-chat-service\": \"file\"' beside it" },
        { "", """ "FetchOptions": { "properties": { "f": { "x-chat-service": "file", "x-chat-file": { "maxSize": [|0|] } } } } """, "'x-chat-file.maxSize' must be a number of bytes, at least 1" },
        { "", """ "FetchOptions": { "properties": { "f": { "x-chat-service": "file", "x-chat-file": { "types": [[|"png"|]] } } } } """, "'png' is no type of files: write a media type such as 'image/png' or 'image/*', or the ending of a name such as '.png'" },
        { "", """ "FetchOptions": { "properties": { "f": { "x-chat-service": "file", "x-chat-file": { [|"size"|]: 5 } } } } """, "'x-chat-file' has no member 'size'; allowed are 'maxSize', 'types'" },
        { "", """ "FetchOptions": { "properties": { "f": { "x-chat-service": [|"fil"|] } } } """, "'x-chat-service' must name a service; did you mean 'file'?" },
        { "", """ "LeaveResult": { "properties": { [|"f"|]: { "x-chat-service": "file" } } } """, "'f' cannot be a file: only options have files; a command answers one by '\"result\": \"file\"'" },
        { "", """ "FetchOptions": { "properties": { "f": { "type": "array", "items": [|{ "x-chat-service": "file" }|] } } } """, "'x-chat-service' can only stand on a property" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_file_where_none_can_be_is_located(string rest, string definitions, string message)
    {
        string schema = RestReading.Variant("@", Commands, Definitions).Replace(
            "\"rest\": { @ }", $"\"cometd\": {{ \"operations\": {{ \"sendFile\": \"sendFile\", \"fetch\": \"fetch\" }} }}, \"rest\": {{ {rest} }}", StringComparison.Ordinal);
        RestReading.AssertReports("CHAT1016", message, Merge(schema, definitions));
    }

    [Fact]
    public void Files_are_sent_and_answered_and_compile()
    {
        GeneratorRun run = GeneratorRun.Of(RestReading.Variant(Requests, Commands, Definitions), """
            #nullable enable
            using System.IO;
            using System.Threading.Tasks;
            using Acme.Chat;
            using ChatGen;

            internal static class Program
            {
                internal static async Task RunAsync(ChatSession session, IChatApi api, Stream content)
                {
                    await session.SendFileAsync(new ChatFile("a.txt", content), "a note");
                    await session.SendFileAsync(new SendFileOptions { File = new ChatFile("a.txt", content) });
                    using ChatFile file = await session.FetchAsync(new FetchOptions { Id = "1" });
                    await api.SendFileAsync(null, file, note: "a note");
                    using Stream raw = await api.FetchAsync("1", null);
                    using Refit.ApiResponse<Stream> response = await api.FetchResponseAsync("1", sessionId: null);
                }
            }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.Contains("[global::Refit.Multipart]", run.Source("IChatApi"), StringComparison.Ordinal);
        Assert.Contains("public required global::ChatGen.ChatFile File { get; init; }", run.Source("SendFileOptions"), StringComparison.Ordinal);
        Assert.Contains("public global::ChatGen.ChatFile? Thumbnail { get; init; }", run.Source("SendFileOptions"), StringComparison.Ordinal);
        Assert.Contains("static (options, name) => name switch { \"file\" => options.File, \"thumbnail\" => options.Thumbnail, _ => null }", run.Source("ChatSchema"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"file\"", run.Source("SendFileOptions.Json").Split("ConfigurationShape")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.png", "image/png", 10, "")]
    [InlineData("a.TXT", "text/html", 10, "")]
    [InlineData("a", "Application/PDF; charset=utf-8", 0, "")]
    [InlineData("a.png", "image/png", 11, "$.file x-chat-file: 'File' must have at most 10 bytes, but has 11")]
    [InlineData("a.html", "text/html", 1, "$.file x-chat-file: 'File' must be a file of the types image/*, application/pdf, .txt, but is text/html")]
    [InlineData("a.html", "imagery/png", 1, "$.file x-chat-file: 'File' must be a file of the types image/*, application/pdf, .txt, but is imagery/png")]
    public void A_file_is_checked_by_its_size_and_type(string name, string type, int size, string expected)
    {
        List<ChatValidationFailure>? failures = null;

        ChatRules.File(ref failures, "file", "File", new ChatFile(name, new MemoryStream(new byte[size]), type), 10, "image/*, application/pdf, .txt");

        Assert.Equal(expected, string.Join("; ", (failures ?? []).Select(failure => $"{failure.Path} {failure.Keyword}: {failure.Message}")));
    }

    [Fact]
    public void The_rule_of_a_file_is_a_line_of_Validate()
    {
        GeneratorRun run = GeneratorRun.Of(RestReading.Variant(Requests, Commands, Definitions));

        Assert.Contains("ChatRules.File(ref failures, \"file\", \"File\", File, 10L, \"image/*, application/pdf, .txt\");", run.Source("SendFileOptions"), StringComparison.Ordinal);
        Assert.Contains("At most 10 bytes. Of the types image/*, application/pdf, .txt.", run.Source("SendFileOptions"), StringComparison.Ordinal);
    }

    /// <summary>The schema with more in its definitions.</summary>
    private static string Merge(string schema, string definitions)
    {
        if (definitions.Trim().Length == 0)
        {
            return schema;
        }

        // A definition of the same name takes the place of the other.
        string name = definitions.Trim().Split('"')[1];
        int start = schema.IndexOf($"\"{name}\": {{ \"type\"", StringComparison.Ordinal);
        return start < 0
            ? schema.Replace("\"definitions\": {", $"\"definitions\": {{ {definitions},", StringComparison.Ordinal)
            : string.Concat(schema.AsSpan(0, start), definitions.Replace("\"properties\"", "\"type\": \"object\", \"properties\"", StringComparison.Ordinal), " } }");
    }
}
