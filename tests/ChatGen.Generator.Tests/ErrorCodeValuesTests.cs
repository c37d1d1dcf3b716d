using Microsoft.CodeAnalysis;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>The values of error codes as constants, and what is said of them to analyzers.</summary>
public class ErrorCodeValuesTests
{
    [Fact]
    public void Code_switches_over_numeric_codes()
    {
        GeneratorRun run = GeneratorRun.OfBuiltIn("""
            using Acme.Chat;
            using ChatGen;

            internal static class Program
            {
                internal static string Text(ChatException e)
                {
                    switch (e.Code.Number)
                    {
                        case ErrorCode.Values.UnknownSession:
                            return "over";
                        case ErrorCode.Values.CommandFailed or ErrorCode.Values.ChatServerUnreachable:
                            return "again";
                        default:
                            return e is { Code.Number: ErrorCode.Values.ConnectionInterrupted } ? "wait" : "failed";
                    }
                }
            }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.Contains("<summary>The chat session is not known.</summary>\n        public const int UnknownSession = 50;\n", run.Source("ErrorCode"), StringComparison.Ordinal);
    }

    [Fact]
    public void Code_switches_over_textual_codes()
    {
        GeneratorRun run = GeneratorRun.Of(
            Schema(""" "x-chat-codes": { "Closed": { "code": "queue.closed \"\\", "description": "Closed." }, "Least": { "code": -2147483648, "description": "Least." } } """),
            """
            using Acme.Chat;

            internal static class Program
            {
                internal static bool IsClosed(ChatGen.ChatErrorCode code) => code.Text switch
                {
                    ErrorCode.Values.Closed => true,
                    _ => code.Number == ErrorCode.Values.Least,
                };
            }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.Contains("public const string Closed = \"queue.closed \\\"\\\\\";", run.Source("ErrorCode"), StringComparison.Ordinal);
        Assert.Contains("public const int Least = -2147483648;", run.Source("ErrorCode"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_code_is_a_constant_of_its_value()
    {
        GeneratorRun run = GeneratorRun.OfBuiltIn();

        INamedTypeSymbol codes = run.Output.GetTypeByMetadataName("Acme.Chat.ErrorCode")!;
        INamedTypeSymbol values = Assert.Single(codes.GetTypeMembers());
        Assert.Equal(
            codes.GetMembers().OfType<IPropertySymbol>().Select(code => code.Name).Where(name => name != "Catalog"),
            values.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field => field.Name));
        Assert.Equal([0, 1, 2, 3, 50, 51, 52, 100, 101, 150], values.GetMembers().OfType<IFieldSymbol>().Select(field => field.ConstantValue));
    }

    [Fact]
    public void The_assembly_tells_of_constants_and_ranges() =>
        Assert.Equal("Acme.Chat.ErrorCode.Values: 1 49 50 99 100 149 150 199 200 249", Told(GeneratorRun.OfBuiltIn()));

    [Theory]
    [InlineData("150", "0", "1 49 50 99 100 149 150 199 200 249")]
    [InlineData("-7", "9000", "1 49 50 99 100 149 150 199 200 249 -7 -7 9000 9000")]
    [InlineData("9000", "9000", "1 49 50 99 100 149 150 199 200 249 9000 9000")]
    public void What_the_client_reports_without_a_name_is_told_as_a_range(string connection, string library, string ranges) => Assert.Equal(
        "Acme.Chat.ErrorCode.Values: " + ranges,
        Told(GeneratorRun.Of(Schema("", $$""" , "errors": { "connection": {{connection}}, "library": {{library}} } """))));

    [Fact]
    public void No_code_can_have_the_name_of_the_constants()
    {
        GeneratorRun run = GeneratorRun.Of(Schema(""" "x-chat-codes": { "values": { "code": 4711, "description": "Values." } } """));

        Diagnostic clash = Assert.Single(run.Diagnostics);
        Assert.Equal("CHAT1013", clash.Id);
        Assert.Empty(run.CompilerProblems);
    }

    [Theory]
    [InlineData("Fault", "Closed", "Acme.Chat.Fault.Values")]
    [InlineData("Values", "Closed", "Acme.Chat.Values.Values_")]
    [InlineData("Values", "Values_", "Acme.Chat.Values.Values__")]
    public void The_constants_have_another_name_than_their_class_and_codes(string className, string code, string expected)
    {
        GeneratorRun run = GeneratorRun.Of(Schema($$""" "x-chat-name": "{{className}}", "x-chat-codes": { "A": { "code": 4711, "description": "A.", "x-chat-name": "{{code}}" } } """));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.StartsWith(expected + ":", Told(run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_without_codes_tells_that_too()
    {
        GeneratorRun run = GeneratorRun.Of("""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": { "ErrorCode": { "x-chat-codes": null, "x-chat-ranges": null } } }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        Assert.Equal("Acme.Chat.ErrorCode.Values: 150 150 0 0", Told(run));
        Assert.Empty(run.Output.GetTypeByMetadataName("Acme.Chat.ErrorCode+Values")!.GetMembers());
    }

    private static string Told(GeneratorRun run)
    {
        AttributeData attribute = Assert.Single(run.Output.Assembly.GetAttributes(), attribute => attribute.AttributeClass?.Name == nameof(ChatErrorCodesAttribute));
        return attribute.ConstructorArguments[0].Value + ": " + string.Join(" ", attribute.ConstructorArguments[1].Values.Select(value => value.Value));
    }

    private static string Schema(string errorCode, string chat = "") => $$"""
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
          "x-chat": { "extends": "genesys-gwe-8.5" {{chat}} },
          "definitions": { "ErrorCode": { {{errorCode}} } } }
        """;
}
