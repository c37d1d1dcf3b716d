using Xunit;

namespace ChatGen.Generator.Tests;

public class BuiltInSchemaTests
{
    [Fact]
    public void Without_a_schema_the_built_in_one_goes_into_the_root_namespace_and_compiles_without_warnings()
    {
        GeneratorRun run = GeneratorRun.OfBuiltIn("""
            using System;
            using Acme.Chat;

            internal static class Program
            {
                internal static StartSessionOptions Options => new()
                {
                    ServerUrl = new Uri("https://chat.example.com/cometd"),
                    Username = "Anonymous",
                    UserData = new() { ["FirstName"] = "Jane" },
                    MaxOfflineDuration = TimeSpan.FromSeconds(60),
                };
            }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }
}
