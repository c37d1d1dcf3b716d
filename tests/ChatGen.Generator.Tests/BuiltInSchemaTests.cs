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

    [Fact]
    public void The_promise_of_the_specification_needs_no_null_checks()
    {
        GeneratorRun run = GeneratorRun.OfBuiltIn("""
            #nullable enable
            using System;
            using ChatGen;
            using Acme.Chat;

            internal static class Program
            {
                internal static void Run(ChatClient chat, StartSessionOptions options)
                {
                    _ = chat.StartSessionAsync(options).Done(session => session.OnMessageReceived(e => { })).Fail(e => Console.WriteLine(e.Error?.Code));
                    _ = chat.RestoreSessionAsync().Fail(e => Console.WriteLine(e.Error?.Code)).Done(session => session.OnMessageReceived(e => { }));
                }
            }
            """);

        Assert.Empty(run.CompilerProblems);
    }
}
