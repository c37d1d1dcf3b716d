using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatGen.Generator.Diagnostics;
using Xunit;
using JsonSchemaDialect = ChatGen.Generator.JsonSchemas.JsonSchemaDialect;
using KeywordClass = ChatGen.Generator.Reading.KeywordClass;
using KeywordTable = ChatGen.Generator.Reading.KeywordTable;

namespace ChatGen.MetaSchema.Tests;

/// <summary>
/// The words of the meta-schema are those of the readers. What the readers allow is asked of them: they are given a word that they cannot know, and name those that they do.
/// </summary>
public class ConsistencyTests
{
    private const string NoWord = "zqzqzqzqzqzq";
    private const string Property = "/definitions/StartSessionOptions/properties/username";

    private static readonly JsonSchemaDialect[] s_dialects = [JsonSchemaDialect.Draft7, JsonSchemaDialect.Draft202012];

    /// <summary>What the readers know of drafts and dialects that are not described.</summary>
    private static readonly string[] s_foreign = ["id", "divisibleBy", "disallow", "extends", "nullable", "$recursiveRef", "$recursiveAnchor"];

    private static readonly JsonObject s_meta = JsonNode.Parse(File.ReadAllText(Repository.MetaSchema))!.AsObject();

    /// <summary>Where a section stands in the built-in schema, and which definition of the meta-schema describes it.</summary>
    public static TheoryData<string, string> Sections => new()
    {
        { "/x-chat", "chat" },
        { "/x-chat/start", "start" },
        { "/x-chat/restore", "restore" },
        { "/x-chat/transcript", "transcript" },
        { "/x-chat/commands/leave", "command" },
        { "/x-chat/events", "events" },
        { "/x-chat/events/types/error", "event" },
        { "/x-chat/errors", "errors" },
        { "/x-chat/transports", "transports" },
        { "/x-chat/transports/cometd", "cometd" },
        { "/x-chat/transports/rest", "rest" },
        { "/x-chat/transports/rest/requests/sendMessage", "restRequest" },
        { "/x-chat/transports/rest/requests/sendMessage/body", "restBody" },
        { "/x-chat/transports/rest/errors/0", "restError" },
        { "/x-chat/transports/rest/events", "restEvents" },
        { "/x-chat/transports/rest/events/poll", "restEvents/properties/poll" },
        { "/definitions/ErrorCode/x-chat-codes/UnknownSession", "code" },
        { "/definitions/ErrorCode/x-chat-ranges/0", "range" },
    };

    /// <summary>Where one of several words stands in the built-in schema, and where the meta-schema lists them.</summary>
    public static TheoryData<string, string> Choices => new()
    {
        { "/x-chat/commands/leave/role", "command/properties/role/enum" },
        { "/x-chat/events/types/error/role", "event/properties/role/enum" },
        { "/x-chat/transports/rest/requests/leave/method", "restRequest/properties/method/enum" },
        { "/x-chat/transports/rest/requests/leave/reply", "restRequest/properties/reply/enum" },
        { "/x-chat/transports/rest/requests/sendMessage/body/encoding", "restBody/properties/encoding/enum" },
        { "/definitions/ErrorCode/x-chat-codes/UnknownSession/origin", "origin/enum" },
        { "/definitions/ErrorCode/x-chat-codes/UnknownSession/recovery", "recovery/enum" },
        { "/definitions/ErrorCode/x-chat-ranges/0/origin", "origin/enum" },
        { "/definitions/ErrorCode/x-chat-ranges/0/recovery", "recovery/enum" },
        { Property + "/x-chat-service", "schema/properties/x-chat-service/enum" },
        { Property + "/x-chat-client", "schema/properties/x-chat-client/enum" },
        { "/definitions/StartSessionOptions/properties/maxOfflineDuration/x-chat-unit", "schema/properties/x-chat-unit/enum" },
        { Property + "/type", "typeName/enum" },
    };

    public static TheoryData<string> Keywords => [.. Names(s_meta["definitions"]!["schema"]!["properties"]!)];

    public static TheoryData<string> RootMembers => [.. Names(s_meta["properties"]!).Except(["$defs"])];

    public static TheoryData<string> Formats => [.. Strings("schema/properties/format/examples")];

    [Theory]
    [MemberData(nameof(Sections))]
    public void A_section_has_the_members_that_its_reader_allows(string place, string definition)
    {
        string[] described = [.. Names(Definition(definition)["properties"]!).Except(["$comment"])];

        Assert.Equal(described.Order(StringComparer.Ordinal), Allowed(place + "/" + NoWord, "{}").Order(StringComparer.Ordinal));
    }

    /// <summary>Sections that the built-in schema does not have: what stands in front of and behind their members.</summary>
    [Theory]
    [InlineData("operations", "{ \"leave\": {", "} }", "restStep/anyOf/1")]
    [InlineData("events/map", "[{", "}]", "restEventRule")]
    [InlineData("events/longPoll", "{", "}", "restEvents/properties/longPoll")]
    [InlineData("events/webSocket", "{", "}", "restEvents/properties/webSocket")]
    [InlineData("events/webSocket", "{ \"heartbeat\": {", "} }", "restEvents/properties/webSocket/properties/heartbeat")]
    [InlineData("events/bayeux", "{", "}", "restEvents/properties/bayeux")]
    public void A_section_of_other_backends_has_the_members_that_its_reader_allows(string place, string before, string behind, string definition)
    {
        Assert.Equal(
            Names(Definition(definition)["properties"]!).Except(["$comment"]).Order(StringComparer.Ordinal),
            Allowed("/x-chat/transports/rest/" + place, $"{before} \"{NoWord}\": {{}} {behind}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void A_section_may_have_a_comment(string place, string definition)
    {
        Assert.NotNull(Definition(definition)["properties"]!["$comment"]);
        Assert.Empty(Read.Diagnostics(ChatDocument.With(place + "/$comment", "\"A note.\"").ToJsonString()));
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_choice_has_the_words_that_its_reader_allows(string place, string list) =>
        Assert.Equal(Strings(list).Order(StringComparer.Ordinal), Allowed(place, $"\"{NoWord}\"").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Keywords))]
    public void A_keyword_is_known_to_the_readers(string keyword) => Assert.Contains(s_dialects, dialect => KeywordTable.Find(dialect, keyword) is not (null or KeywordClass.OtherDraft));

    [Fact]
    public void A_keyword_of_the_readers_is_in_the_meta_schema_unless_it_belongs_to_no_dialect_of_ours()
    {
        string[] described = [.. Names(s_meta["definitions"]!["schema"]!["properties"]!)];

        Assert.Empty(s_dialects.SelectMany(KeywordTable.Known).Except(described));
        Assert.Empty(s_foreign.Intersect(described));
        Assert.All(s_foreign, keyword => Assert.NotNull(KeywordTable.Find(JsonSchemaDialect.Draft7, keyword)));
    }

    [Theory]
    [InlineData("draft-07.json")]
    [InlineData("2020-12/schema.json")]
    [InlineData("2020-12/meta/core.json")]
    [InlineData("2020-12/meta/applicator.json")]
    [InlineData("2020-12/meta/unevaluated.json")]
    [InlineData("2020-12/meta/validation.json")]
    [InlineData("2020-12/meta/meta-data.json")]
    [InlineData("2020-12/meta/format-annotation.json")]
    [InlineData("2020-12/meta/content.json")]
    public async Task Every_keyword_of_both_dialects_is_in_the_meta_schema(string official)
    {
        await ChatGen.Tests.Shared.NpmPackages.SchemaTools.RequireAsync();
        string[] path = official.StartsWith("draft", StringComparison.Ordinal) ? ["json-schema-draft-07.json"] : ["json-schema-2020-12", .. official.Split('/').Skip(1)];
        string text = await File.ReadAllTextAsync(
            Path.Combine([ChatGen.Tests.Shared.NpmPackages.SchemaTools.Folder, "node_modules", "ajv", "dist", "refs", .. path]), TestContext.Current.CancellationToken);

        string[] keywords = [.. Names(JsonNode.Parse(text)!["properties"]!)];

        Assert.NotEmpty(keywords);
        // Those of 2019-09 that 2020-12 only mentions.
        Assert.Empty(keywords.Except(["$recursiveRef", "$recursiveAnchor"]).Except(Names(s_meta["definitions"]!["schema"]!["properties"]!)));
    }

    [Theory]
    [MemberData(nameof(RootMembers))]
    public void A_member_of_the_document_is_known_to_its_reader(string member) =>
        Assert.Empty(Read.Diagnostics(ChatDocument.BuiltIn() is var document && document.ContainsKey(member) ? document.ToJsonString() : ChatDocument.With("/" + member, "\"A note.\"").ToJsonString()));

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_format_that_is_proposed_is_checked(string format) =>
        Assert.Empty(Read.Diagnostics(ChatDocument.With("/definitions/StartSessionOptions/properties/email", $$"""{ "type": "string", "format": "{{format}}" }""").ToJsonString()));

    [Fact]
    public void A_format_that_is_checked_is_proposed()
    {
        // Those of draft-07 and of 2020-12.
        string[] formats =
        [
            "date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uuid",
            "uri-template", "json-pointer", "relative-json-pointer", "regex",
        ];
        IEnumerable<string> proposed = Strings("schema/properties/format/examples");

        Assert.Empty(proposed.Except(formats));
        Assert.Equal(formats.Where(Generator.Reading.Formats.IsChecked).Order(StringComparer.Ordinal), proposed.Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// One character after the other: what the patterns of the meta-schema allow is what the readers allow. Beyond ASCII, the readers may refuse more: the interface
    /// must begin with what has no capital letter, which no pattern can say.
    /// </summary>
    [Theory]
    [InlineData("/x-chat/transports/cometd/channel", "/a", "b")]
    [InlineData("/x-chat/transports/rest/requests/leave/path", "/a", "b")]
    [InlineData("/x-chat/transports/rest/interface", "I", "Api")]
    [InlineData("/x-chat/transports/rest/interface", "", "Api")]
    [InlineData("/x-chat/commands/leave/x-chat-name", "", "Name")]
    [InlineData("/x-chat/commands/leave/x-chat-name", "Na", "me")]
    [InlineData(Property + "/x-chat-name", "_", "")]
    public void A_pattern_allows_what_its_reader_allows(string place, string before, string behind)
    {
        IEnumerable<char> characters = Enumerable.Range(' ', '\x7f' - ' ' + 1).Select(code => (char)code).Concat("\t\näßÄǅªʰ漢ⅷ٣\u0301\u203f\u200dǆ€");
        Assert.All(characters, character =>
        {
            JsonObject document = ChatDocument.With(place, JsonValue.Create($"{before}{character}{behind}").ToJsonString());
            bool objects = Read.Validate(document.ToJsonString()).Count > 0;
            DiagnosticInfo[] diagnostics = [.. Read.Diagnostics(document.ToJsonString()).Where(diagnostic => diagnostic.Descriptor.Id != "CHAT1013")];
            bool refuses = diagnostics.Any(diagnostic => diagnostic.Descriptor.Id != "CHAT1050");
            Assert.True(objects == refuses || (refuses && !char.IsAscii(character)), $"'{character}' U+{(int)character:X4}: the meta-schema {(objects ? "objects" : "does not object")}.");
        });
    }

    private static IEnumerable<string> Allowed(string place, string value)
    {
        DiagnosticInfo found = Read.Diagnostics(ChatDocument.With(place, value).ToJsonString()).First(diagnostic => diagnostic.Arguments.Any(argument => argument.Contains("allowed are", StringComparison.Ordinal)));
        string message = found.ToDiagnostic().GetMessage(null);
        return Quoted().Matches(message[message.IndexOf("allowed are", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value);
    }

    private static JsonNode Definition(string path) => path.Split('/').Aggregate(s_meta["definitions"]!, (node, part) =>
        node is JsonArray array ? array[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : node[part]!);

    private static IEnumerable<string> Names(JsonNode properties) => properties.AsObject().Select(member => member.Key);

    private static IEnumerable<string> Strings(string path) =>
        path.Split('/').Aggregate(s_meta["definitions"]!, (node, part) => node[part]!).AsArray().OfType<JsonNode>().Select(item => (string)item!);

    private static Regex Quoted() => new("'([^']*)'");
}
