using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>The events of a session's end that the client raises itself.</summary>
public class LocalEventTests
{
    [Theory]
    [InlineData("", """OnLost = "{\"type\":\"SessionEnded\",\"reason\":\"error\"}",""")]
    [InlineData(""", "events": { "types": { "sessionEnded": { "wire": "Over", "onLost": { "reason": "agent" } } } }""", """OnLost = "{\"type\":\"Over\",\"reason\":\"agent\"}",""")]
    [InlineData(""", "events": { "discriminator": "kind" }""", """OnLost = "{\"kind\":\"SessionEnded\",\"reason\":\"error\"}",""")]
    public void The_event_of_a_session_that_the_backend_does_not_know_is_the_schemas(string change, string emitted)
    {
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5"{{change}} } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.Contains(emitted, run.Source("ChatSchema"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_may_say_nothing_of_it()
    {
        GeneratorRun run = GeneratorRun.Of("""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
              "x-chat": { "extends": "genesys-gwe-8.5", "events": { "types": { "sessionEnded": { "onLost": null } } } } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.DoesNotContain("OnLost", run.Source("ChatSchema"), StringComparison.Ordinal);
        Assert.Contains("OnLeave", run.Source("ChatSchema"), StringComparison.Ordinal);
    }
}
