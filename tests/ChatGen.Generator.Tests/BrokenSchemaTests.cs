using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>One mistake in a schema is one located error, and code that uses the rest still compiles.</summary>
public class BrokenSchemaTests
{
    [Theory]
    [InlineData("""{ "$schema": "http://json-schema.org/draft-07/schema#" {|CHAT1001:"|}$id": "acme" }""")]
    [InlineData("""{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", {|CHAT1001:}|}""")]
    [InlineData("""{ "$id": {|CHAT1001:"acme|}""")]
    [InlineData("""{ "$id": {|CHAT1001:n|}one }""")]
    [InlineData("{ {|CHAT1001:/|}/ comment\n\"$id\": \"acme\" }")]
    [InlineData("""{ "$id": "{|CHAT1001:\x|}" }""")]
    [InlineData("""{ "$id": {|CHAT1001:01|} }""")]
    [InlineData("""{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" } } {|CHAT1001:{|}""")]
    public Task Invalid_json_is_located(string schema) => SchemaVerifier.VerifyAsync(schema);

    [Theory]
    [InlineData("{|CHAT1011:|}")]
    [InlineData("{|CHAT1011:|}  \n ")]
    public Task An_empty_file_says_how_to_begin(string schema) => SchemaVerifier.VerifyAsync(schema);

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("null")]
    public Task A_document_that_is_no_object_is_refused(string root) => SchemaVerifier.VerifyAsync($"{{|CHAT1006:{root}|}}");

    [Fact]
    public Task A_key_given_twice_is_located() => Variant("""
        "StartSessionOptions": { "properties": { "queue": { "type": "string", {|CHAT1002:"type"|}: "integer" } } }
        """);

    [Theory]
    [InlineData("\"intger\"")]
    [InlineData("\"String\"")]
    [InlineData("\"any\"")]
    public Task An_unknown_type_is_located(string type) => Variant($$"""
        "StartSessionOptions": { "properties": { "queue": { "type": {|CHAT1004:{{type}}|} } } }
        """);

    [Fact]
    public void An_unknown_type_gets_a_suggestion()
    {
        GeneratorRun run = GeneratorRun.Of(Document(""" "StartSessionOptions": { "properties": { "queue": { "type": "intger" } } } """));

        Assert.Equal("Unknown type 'intger'; did you mean 'integer'?", Assert.Single(run.Diagnostics).GetMessage(null));
    }

    [Theory]
    [InlineData("\"#/definitions/Nowhere\"")]
    [InlineData("\"#/properties/x\"")]
    [InlineData("\"#anchor\"")]
    [InlineData("\"#\"")]
    public Task A_reference_that_leads_nowhere_is_located(string reference) => Variant($$"""
        "StartSessionOptions": { "properties": { "queue": { "$ref": {|CHAT1007:{{reference}}|} } } }
        """);

    [Theory]
    [InlineData("\"other.json\"")]
    [InlineData("\"file:///etc/passwd\"")]
    [InlineData("\"http://127.0.0.1:9/schema.json#/definitions/X\"")]
    [InlineData("\"../shared.json#/definitions/X\"")]
    public Task A_reference_to_a_file_or_an_address_is_refused(string reference) => Variant($$"""
        "StartSessionOptions": { "properties": { "queue": { "$ref": {|CHAT1008:{{reference}}|} } } }
        """);

    [Fact]
    public Task A_reference_that_loops_is_located() => Variant("""
        "A": { "$ref": {|CHAT1009:"#/definitions/B"|} }, "B": { "$ref": "#/definitions/A" }
        """);

    [Fact]
    public void A_schema_without_the_option_definitions_says_which_are_missing()
    {
        GeneratorRun run = GeneratorRun.Of("""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "definitions": {} }
            """, SchemaVerifier.Client);

        Assert.Equal(
            ["CHAT1010 'definitions/StartSessionOptions'", "CHAT1010 'definitions/RestoreSessionOptions'", "CHAT1016 'x-chat.start'"],
            run.Diagnostics.Select(diagnostic => $"{diagnostic.Id} '{diagnostic.GetMessage(null).Split('\'')[1]}'"));
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [InlineData("\"http://json-schema.org/draft-04/schema#\"")]
    [InlineData("\"https://json-schema.org/draft/2019-09/schema\"")]
    [InlineData("7")]
    public Task Another_dialect_is_refused(string dialect) => SchemaVerifier.VerifyAsync($$"""
        { "$schema": {|CHAT1003:{{dialect}}|}, "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" } }
        """);

    [Fact]
    public Task A_schema_that_names_no_dialect_is_refused() => SchemaVerifier.VerifyAsync("""
        {|CHAT1003:{|} "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" } }
        """);

    [Theory]
    [InlineData("contentEncoding", "\"base64\"")]
    [InlineData("contentMediaType", "\"application/json\"")]
    [InlineData("deprecated", "true")]
    [InlineData("prefixItems", "[]")]
    [InlineData("dependentRequired", "{}")]
    public Task A_keyword_that_would_be_ignored_is_refused(string keyword, string value) => Variant($$"""
        "StartSessionOptions": { "properties": { "queue": { "type": "integer", {|CHAT1005:"{{keyword}}"|}: {{value}} } } }
        """);

    [Theory]
    [InlineData("idn-email")]
    [InlineData("idn-hostname")]
    [InlineData("emial")]
    public Task A_format_that_is_not_checked_gets_a_warning(string format) => Variant($$"""
        "StartSessionOptions": { "properties": { "email": { "type": "string", "format": {|CHAT1030:"{{format}}"|} } } }
        """);

    [Theory]
    [InlineData("minLength", "\"5\"")]
    [InlineData("minLength", "-1")]
    [InlineData("maxLength", "1.5")]
    [InlineData("maximum", "\"5\"")]
    [InlineData("multipleOf", "0")]
    [InlineData("multipleOf", "\"2\"")]
    [InlineData("oneOf", "[]")]
    [InlineData("allOf", "{}")]
    [InlineData("not", "5")]
    [InlineData("if", "\"x\"")]
    [InlineData("uniqueItems", "1")]
    [InlineData("patternProperties", "[]")]
    [InlineData("minProperties", "-1")]
    [InlineData("dependencies", "3")]
    [InlineData("required", "true")]
    [InlineData("enum", "[]")]
    [InlineData("pattern", "5")]
    public Task A_keyword_with_a_wrong_value_is_located(string keyword, string value) => Variant($$"""
        "StartSessionOptions": { "properties": { "queue": { "type": "string", "{{keyword}}": {|CHAT1006:{{value}}|} } } }
        """);

    [Fact]
    public Task A_misspelt_keyword_gets_a_warning() => Variant("""
        "StartSessionOptions": { "properties": { "queue": { "type": "string", {|CHAT1012:"maxLenght"|}: 5, "x-mine": true } } }
        """);

    [Fact]
    public Task A_misspelt_keyword_of_our_own_gets_a_warning() => Variant("""
        "StartSessionOptions": { "properties": { "queue": { "type": "string", {|CHAT1012:"x-chat-units"|}: "seconds" } } }
        """);

    [Fact]
    public Task Two_members_that_are_one_in_csharp_are_located() => Variant("""
        "StartSessionOptions": { "properties": { "user-name": { "type": "string" }, {|CHAT1013:"user_name"|}: { "type": "string" } } }
        """);

    [Fact]
    public Task Two_error_codes_that_collide_are_located() => Variant("""
        "ErrorCode": { "x-chat-codes": { "QueueClosed": { "code": {|CHAT1014:50|}, "description": "The queue is closed." } } }
        """);

    [Fact]
    public Task An_unknown_base_is_located() => SchemaVerifier.VerifyAsync("""
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": {|CHAT1015:"genesys-gwe-8"|} } }
        """);

    [Fact]
    public Task A_recovery_that_does_not_exist_is_located() => Variant("""
        "ErrorCode": { "x-chat-codes": { "QueueClosed": { "code": 4101, "description": "The queue is closed.", "recovery": {|CHAT1016:"retyr"|} } } }
        """);

    [Fact]
    public Task A_command_that_names_a_missing_definition_is_located_and_the_others_stay() => SchemaVerifier.VerifyAsync("""
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
          "x-chat": { "extends": "genesys-gwe-8.5", "commands": { "pushUrl": { "options": { "$ref": {|CHAT1007:"#/definitions/PushUrlOptions"|} } } }, "transports": { "cometd": { "operations": { "pushUrl": "pushUrl" } } } } }
        """);

    [Fact]
    public Task An_invalid_pattern_is_located() => Variant("""
        "StartSessionOptions": { "properties": { "queue": { "type": "string", "pattern": {|CHAT1018:"["|} } } }
        """);

    [Theory]
    [InlineData("(?i)a")]
    [InlineData(@"\\Aa")]
    [InlineData(@"\\p{Script=Greek}")]
    [InlineData(@"(?:(a)|b)*\\1")]
    public Task A_pattern_that_only_dotnet_or_only_ecma_262_knows_is_located(string pattern) => Variant($$"""
        "StartSessionOptions": { "properties": { "queue": { "type": "string", "pattern": {|CHAT1018:"{{pattern}}"|} } } }
        """);

    [Theory]
    [InlineData("""{ "type": "string", "enum": ["sales"], "default": {|CHAT1019:"slaes"|} }""")]
    [InlineData("""{ "type": "integer", "minimum": 1, "default": {|CHAT1019:0|} }""")]
    [InlineData("""{ "type": "integer", "default": {|CHAT1019:1.5|} }""")]
    [InlineData("""{ "type": "boolean", "default": {|CHAT1019:"true"|} }""")]
    public Task A_default_that_breaks_its_own_schema_is_located(string property) => Variant($$"""
        "StartSessionOptions": { "properties": { "queue": {{property}} } }
        """);

    [Fact]
    public Task A_requirement_that_names_no_property_is_located() => Variant("""
        "StartSessionOptions": { "required": {|CHAT1006:["queu"]|}, "properties": { "queue": { "type": "string" } } }
        """);

    [Fact]
    public void A_document_nested_too_deep_is_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500);

        GeneratorRun run = GeneratorRun.Of(deep, SchemaVerifier.Client);

        Assert.Equal("CHAT1017", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.CompilerProblems);
    }

    /// <summary>A variant of the built-in schema with these definitions.</summary>
    private static Task Variant(string markedDefinitions) => SchemaVerifier.VerifyAsync(Document(markedDefinitions));

    private static string Document(string definitions) => $$"""
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" },
          "definitions": { {{definitions}} } }
        """;
}
