using System.Reflection;
using System.Runtime.Loader;
using ChatGen.Generator.Reading;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>What <c>format</c> and <c>pattern</c> become in generated code, and what that code says of values.</summary>
public class FormatTests
{
    [Fact]
    public void Every_format_of_text_is_a_member_of_the_runtime()
    {
        string[] formats =
        [
            "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri-reference", "iri", "iri-reference", "json-pointer", "relative-json-pointer", "uri-template", "regex",
        ];

        Assert.All(formats, format => Assert.True(Formats.IsChecked(format) && Formats.IsOfText(format), format));
        Assert.Equal(Enum.GetNames<ChatFormat>(), formats.Select(Formats.Member));
    }

    [Fact]
    public void Validate_asserts_formats_and_patterns_and_shows_the_schemas_own_pattern()
    {
        GeneratorRun run = GeneratorRun.Of("""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" },
              "definitions": { "SendMessageOptions": { "properties": {
                "mail": { "type": "string", "format": "email" },
                "host": { "type": ["string", "null"], "format": "hostname" },
                "day": { "type": "string", "format": "date" },
                "number": { "type": "string", "pattern": "^\\d+$" } } } } }
            """, """
            #nullable enable
            using System.Linq;
            using Acme.Chat;

            public static class Program
            {
                public static string[] Check(string text) => new SendMessageOptions { Message = "Hello", Mail = text, Host = text, Day = text, Number = text }
                    .Validate().Failures.Select(failure => $"{failure.Path} {failure.Keyword} {failure.Message}").ToArray();
            }
            """);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.Contains("Matches ^\\d+$.", run.Source("SendMessageOptions"), StringComparison.Ordinal);
        Assert.Contains("Must be an e-mail address.", run.Source("SendMessageOptions"), StringComparison.Ordinal);

        using var assembly = new MemoryStream();
        Assert.True(run.Output.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken).Success);
        assembly.Position = 0;
        var context = new AssemblyLoadContext(nameof(FormatTests), isCollectible: true);
        try
        {
            MethodInfo check = context.LoadFromStream(assembly).GetType("Program")!.GetMethod("Check")!;

            Assert.Equal(
                [
                    "$.mail format 'Mail' must be an e-mail address",
                    "$.host format 'Host' must be a host name",
                    "$.day format 'Day' must be a date such as 2026-01-31",
                    "$.number pattern 'Number' must match the pattern ^\\d+$",
                ],
                (string[])check.Invoke(null, ["\u0663\n"])!);
            Assert.Equal(["$.mail", "$.day"], ((string[])check.Invoke(null, ["12"])!).Select(failure => failure.Split(' ')[0]));
        }
        finally
        {
            context.Unload();
        }
    }
}
