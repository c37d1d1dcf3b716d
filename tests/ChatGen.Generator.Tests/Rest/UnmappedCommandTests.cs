using ChatGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ChatGen.Generator.Tests.Rest;

/// <summary>Commands that a backend lacks.</summary>
public class UnmappedCommandTests
{
    private const string Rest = """{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5", "transports": { "cometd": null, "rest": { @ } } } }""";

    [Fact]
    public void A_command_that_no_transport_maps_is_not_generated_and_a_hint_says_so()
    {
        GeneratorRun run = GeneratorRun.Of(Rest.Replace("@", "", StringComparison.Ordinal));

        Assert.Equal(
            ["setUserData", "getUserData", "deleteUserData"],
            run.Diagnostics.Where(diagnostic => diagnostic.Id == "CHAT1038").Select(diagnostic => diagnostic.GetMessage(null).Split('\'')[1]));
        Assert.All(run.Diagnostics, diagnostic => Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity));
        Assert.Empty(run.CompilerProblems);
        Assert.DoesNotContain("UserData", run.Source("ChatSession"), StringComparison.Ordinal);
        Assert.DoesNotContain("UserDataCommand", run.Source("ChatSchema"), StringComparison.Ordinal);
        Assert.Contains("SendMessageAsync", run.Source("ChatSession"), StringComparison.Ordinal);
    }

    [Fact]
    public void Null_says_that_the_backend_lacks_a_command()
    {
        GeneratorRun run = GeneratorRun.Of(Rest.Replace("@", """ "operations": { "setUserData": null, "getUserData": null, "deleteUserData": null, "sendTyping": null } """, StringComparison.Ordinal));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.DoesNotContain("SendTypingAsync", run.Source("ChatSession"), StringComparison.Ordinal);
        Assert.Contains("SendTypingAsync", run.Source("IChatApi"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_hint_stands_at_the_command()
    {
        const string Schema = """
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5",
              "commands": { "mine": { } } } }
            """;

        DiagnosticInfo found = Assert.Single(RestReading.Diagnostics(Schema));

        Assert.Equal("CHAT1038", found.Descriptor.Id);
        Assert.Equal("The command 'mine' is not generated: no transport maps it; map it, or say '\"mine\": null' in 'operations' of 'rest' if the backend lacks it", found.ToDiagnostic().GetMessage(null));
        Assert.Equal("\"mine\"", Schema.Substring(found.Location!.Span.Start, found.Location.Span.Length));
    }

    [Fact]
    public void Without_any_transport_all_commands_are_there_for_a_transport_of_one_s_own()
    {
        GeneratorRun run = GeneratorRun.Of("""{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5", "transports": null } }""");

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.Contains("SetUserDataAsync", run.Source("ChatSession"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_transcript_that_cannot_be_read_is_none()
    {
        GeneratorRun run = GeneratorRun.Of(Rest.Replace("@", """ "operations": { "setUserData": null, "getUserData": null, "deleteUserData": null, "getTranscript": null } """, StringComparison.Ordinal));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.DoesNotContain("ReadTranscript", run.Source("ChatSchema"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_of_a_variant_is_a_value_where_it_says_that_something_is_not_there()
    {
        string mapping = RestReading.Read(RestReading.Variant(
            """ "operations": { "getUserData": null }, "headers": { "X-Other": "1" }, "requests": { "leave": { "headers": { "X-Other": null, "X-Chat-Session": null } } } """)).Model!.Rest!.Mapping;

        Assert.Contains("\"operations\":{\"getUserData\":null}", mapping, StringComparison.Ordinal);
        Assert.Contains("\"headers\":{\"X-Other\":null,\"X-Chat-Session\":null}", mapping, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_elsewhere_in_the_mapping_removes_what_the_base_has() =>
        Assert.DoesNotContain("sendTyping", RestReading.Read(RestReading.Variant(""" "requests": { "sendTyping": null } """)).Model!.Rest!.Mapping, StringComparison.Ordinal);
}
