using System.Collections.Immutable;
using ChatGen.Analyzers.ErrorCodes;
using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.Tests;

/// <summary>How error codes are compared, checked while typing.</summary>
public sealed class ErrorCodeTests
{
    /// <summary>Arms for all codes of the built-in schema but UnknownSession.</summary>
    private const string AllButOne = """
        ErrorCode.Values.Unspecified or ErrorCode.Values.UnknownCommand or ErrorCode.Values.MissingParameter or ErrorCode.Values.InvalidParameter or ErrorCode.Values.CommandStopped
            or ErrorCode.Values.CommandFailed or ErrorCode.Values.ChatServerUnreachable or ErrorCode.Values.ChatServerLoginFailed or ErrorCode.Values.ConnectionInterrupted
        """;

    public static TheoryData<string> MissingCodes =>
    [
        "{|CHAT2020:switch|} (e.Code.Number) { case ErrorCode.Values.UnknownSession: break; }",
        "{|CHAT2020:switch|} (code.Number) { case 50: break; }",
        "{|CHAT2020:switch|} (e.Code.Number) { case ErrorCode.Values.UnknownSession when condition: break; }",
        "{|CHAT2020:switch|} (e.Code.Number) { case > 50: break; case 0: break; }",
        "{|CHAT2020:switch|} (maybe?.Code.Number) { case null: break; case 50: break; }",
        "{|CHAT2020:switch|} ((maybe?.Code)?.Number) { case int session when session == 50: break; }",
        "{|CHAT2020:switch|} (new ChatErrorCode(50).Number) { case not 50: break; }",
        "{|CHAT2020:switch|} (e.Code.Number) { case > 5 and not 50: break; case var other when other < number: break; }",
        $"{{|CHAT2020:switch|}} (e.Code.Number) {{ case {AllButOne}: break; }}",
        "return e.Code.Number {|CHAT2020:switch|} { ErrorCode.Values.UnknownSession => 1 };",
        "return e.Code.Number {|CHAT2020:switch|} { ErrorCode.Values.UnknownSession => 1, _ when condition => 2 };",
        "return e.Code.Number {|CHAT2020:switch|} { < 50 or (> 50 and not 150) => 1 };",
        $"return e.Code.Number {{|CHAT2020:switch|}} {{ {AllButOne} => 1 }};",
        "return code.Number {|CHAT2020:switch|} { 50 => code.Number {|CHAT2020:switch|} { 51 => 1 } };",
        "return code.Number {|CHAT2020:switch|} { };",
    ];

    [Theory]
    [MemberData(nameof(MissingCodes))]
    public async Task A_switch_that_leaves_out_codes_has_a_hint(string statements) => await ErrorCodeRun.AssertAsync(statements, code => ErrorCodeRun.Compile(code));

    public static TheoryData<string> CompleteSwitches =>
    [
        "switch (e.Code.Number) { case ErrorCode.Values.UnknownSession: break; default: break; }",
        "switch (e.Code.Number) { case ErrorCode.Values.UnknownSession: default: break; }",
        "switch (e.Code.Number) { case 50: break; case var other: break; }",
        "switch (e.Code.Number) { case 50: break; case int: break; }",
        "switch (maybe?.Code.Number) { case 50: break; case { }: break; }",
        "switch (e.Code.Number) { case >= 0 and <= 49: break; case < 100: break; case <= 150: break; }",
        "switch (e.Code.Number) { case not 50: break; case 50: break; }",
        "switch (e.Code.Number) { case >= 0 when true: break; }",
        $"switch (e.Code.Number) {{ case {AllButOne}: case 50: break; }}",
        "return e.Code.Number switch { 50 => 1, _ => 2 };",
        "return e.Code.Number switch { 50 => 1, int other => other };",
        "return e.Code.Number switch { 50 => 1, not 50 => 2 };",
        // Not decided: a pattern of another kind, another value, or not the value of a code as it is.
        "switch (maybe?.Code.Number) { case IComparable<int>: break; }",
        "switch ((object)e.Code.Number) { case 50: break; case IFormattable { }: break; }",
        "switch ((object)e.Code.Number) { case not 50L: break; }",
        "switch (number) { case 50: break; }",
        "switch (e.Code.Number + 1) { case 50: break; }",
        "switch ((byte)e.Code.Number) { case 50: break; }",
        "switch (maybe?.Code.Number ?? 0) { case 50: break; }",
        "switch ((e.Code.Number, number)) { case (50, 1): break; }",
        "switch (e.Code) { case { Number: 50 }: break; }",
        "switch (e.Code.Recovery) { case ChatRecovery.Retry: break; }",
        "switch (e.Code.Text) { case null: break; }",
    ];

    [Theory]
    [MemberData(nameof(CompleteSwitches))]
    public async Task A_switch_that_leaves_out_nothing_for_certain_has_none(string statements) => await ErrorCodeRun.AssertAsync(statements, code => ErrorCodeRun.Compile(code));

    public static TheoryData<string> UnknownCodes =>
    [
        "return e.Code.Number == {|CHAT2021:4711|};",
        "return {|CHAT2021:4711|} != code.Number;",
        "return maybe?.Code.Number == {|CHAT2021:4711|};",
        "return (maybe?.Code)?.Number != {|CHAT2021:-1|};",
        "return e.Code.Number == {|CHAT2021:4711L|};",
        "return (long)e.Code.Number == {|CHAT2021:250|};",
        "const int Gone = 4711; return e.Code.Number == {|CHAT2021:Gone|};",
        "return e.Code.Number is {|CHAT2021:4711|};",
        "return e.Code.Number is not ({|CHAT2021:250|} or 249 or {|CHAT2021:251|});",
        "return e.Code is { Number: {|CHAT2021:4711|} };",
        "return maybe is { Code.Number: {|CHAT2021:4711|} or > 5000 };",
        "return e is { Code: { Text: {|CHAT2021:\"queue.closed\"|} } };",
        "switch (e.Code) { case { Number: {|CHAT2021:4711|} }: break; }",
        "switch (e.Code.Number) { case {|CHAT2021:4711|}: break; case {|CHAT2021:4712|} when condition: break; default: break; }",
        "return e.Code.Number switch { {|CHAT2021:4711|} => 1, _ => 2 };",
        "return e.Code.Number.Equals({|CHAT2021:4711|});",
        "return {|CHAT2021:4711|}.Equals(e.Code.Number);",
        "return maybe?.Code.Number.Equals({|CHAT2021:4711|});",
        "return object.Equals(e.Code.Number, {|CHAT2021:4711|});",
        "return e.Code.Text == {|CHAT2021:\"closed\"|};",
        "return e.Code.Text?.Equals({|CHAT2021:\"closed\"|}, StringComparison.OrdinalIgnoreCase);",
        "return string.Equals(e.Code.Text, {|CHAT2021:\"closed\"|}, StringComparison.Ordinal);",
        "return e.Code == new ChatErrorCode({|CHAT2021:4711|});",
        "return e.Code.Equals(new ChatErrorCode({|CHAT2021:\"closed\"|}));",
        "ChatErrorCode mine = new(text: {|CHAT2021:\"closed\"|}); return mine;",
    ];

    [Theory]
    [MemberData(nameof(UnknownCodes))]
    public async Task A_code_that_no_schema_knows_is_reported(string statements) => await ErrorCodeRun.AssertAsync(statements, code => ErrorCodeRun.Compile(code));

    public static TheoryData<string> KnownCodes =>
    [
        "return e.Code == ErrorCode.UnknownSession;",
        "return e.Code.Number == ErrorCode.Values.UnknownSession;",
        "return e.Code.Number == 50;",
        "return e.Code.Number is 1 or 49 or 99 or 149 or 199 or 249;",
        "return e.Code == new ChatErrorCode(57);",
        // The code of no error, and of a textual code.
        "return e.Code.Number == 0 && e.Code.Text != null && e.Code.Text is not \"\" && e.Code == new ChatErrorCode(0);",
        "return e.Code.Number == number || e.Code.Text == text;",
        "return e.Code.Number > 4711 || e.Code.Number is >= 4000 and < 5000;",
        "return e.Code.Number + 1 == 4711 || (byte)e.Code.Number == 255 || e.Code.Number / 1000 == 4;",
        "return e.Code.Number == 4711.5 || e.Code.Number == 4711m;",
        "return number == 4711 || text == \"closed\" || text.Equals(\"closed\");",
        "return e.Message == \"closed\" || e.Code.Info?.Name == \"closed\" || e.Code.Text?.Length == 4711;",
        "return e.Code.Text is { Length: 4711 };",
        "return e.Code.Text == \"closed\" + number;",
        "return e.Code.Text?.Equals(\"closed\", StringComparison.CurrentCulture);",
        "StringComparison how = StringComparison.Ordinal; return string.Equals(e.Code.Text, \"closed\", how);",
        "return e.Code.Number.CompareTo(4711) == 0 || e.Code.Number.Equals(4711.0);",
        "return new ChatErrorCode(4711, new ChatErrorInfo(\"Mine\", \"Mine.\", ChatErrorOrigin.Server, ChatRecovery.Fatal));",
        "return new ChatErrorCode(4711, isKnown: true);",
        "return new ChatErrorCode(number) == new ChatErrorCode(text);",
        "return new ChatErrorCode() == default;",
        "return ErrorCode.Catalog.Find(4711);",
        "return EqualityComparer<int>.Default.Equals(e.Code.Number, 4711);",
        "return new { Number = 4711 } is { Number: 4711 };",
    ];

    [Theory]
    [MemberData(nameof(KnownCodes))]
    public async Task A_code_that_may_come_is_not_reported(string statements) => await ErrorCodeRun.AssertAsync(statements, code => ErrorCodeRun.Compile(code));

    public static TheoryData<string> TextualCodes =>
    [
        "{|CHAT2020:switch|} (e.Code.Text) { case ErrorCode.Values.QueueClosed: break; }",
        "return e.Code.Text {|CHAT2020:switch|} { null => 0, \"queue.full\" => 1, { } when condition => 2 };",
        "return e.Code.Text {|CHAT2020:switch|} { null => 0, {|CHAT2021:\"queue.ful\"|} => 1 };",
        "{|CHAT2020:switch|} (maybe?.Code.Text) { case not \"queue.full\": break; }",
        "{|CHAT2020:switch|} (e.Code.Number) { case 0: break; }",
        "return e.Code.Number == {|CHAT2021:50|} || e.Code.Text == {|CHAT2021:\"Queue.full\"|} || e.Code.Text!.Equals({|CHAT2021:\"Queue.full\"|});",
        "return e.Code.Text switch { ErrorCode.Values.QueueClosed => 1, ErrorCode.Values.QueueFull => 2, null => 3 };",
        "return e.Code.Text switch { \"queue.closed\" => 1, string => 2, null => 3 };",
        "return e.Code.Text switch { \"queue.closed\" => 1, { Length: > 3 } => 2 };",
        "return e.Code.Text switch { \"queue.closed\" => 1, ['q', ..] => 2 };",
        "return e.Code.Text switch { \"queue.closed\" => 1, not null => 2 };",
        "switch (e.Code.Number) { case 4701: break; }",
        "return e.Code.Text!.Equals(\"Queue.full\", StringComparison.OrdinalIgnoreCase) || string.Equals(\"queue.full\", e.Code.Text);",
        "return e.Code.Number is 4701 or 9001 || e.Code == new ChatErrorCode(\"queue.full\");",
    ];

    [Theory]
    [MemberData(nameof(TextualCodes))]
    public async Task Textual_codes_are_checked_as_numeric_ones(string statements) => await ErrorCodeRun.AssertAsync(statements, code => ErrorCodeRun.Compile(code, ErrorCodeRun.Textual));

    [Theory]
    [InlineData("{|CHAT2020:switch|} (e.Code.Number) { case ErrorCode.Values.UnknownSession: break; }")]
    [InlineData("return e.Code == new ChatErrorCode({|CHAT2021:4711|}) || e.Code.Number == 57;")]
    public async Task Codes_of_another_assembly_are_checked(string statements) => await ErrorCodeRun.AssertAsync(statements, code => ErrorCodeRun.CompileWith(code, ErrorCodeRun.Generated()));

    [Theory]
    [InlineData("{|CHAT2020:switch|} (e.Code.Number) { case Other.Fault.Values.Mine: break; }", "The switch has no arm for 'Gone'")]
    [InlineData("{|CHAT2020:switch|} (e.Code.Number) { case Other.Fault.Values.Mine: break; case 60: break; }", "The switch has no arm for 'Gone'")]
    [InlineData($"return e.Code.Number {{|CHAT2020:switch|}} {{ {AllButOne} => 1 }};", "The switch has no arm for 'UnknownSession'")]
    [InlineData("return e.Code.Number == {|CHAT2021:5001|} || e.Code.Number is 5000 or 6001 or 50 or 150;", "'5001' is no error code of the schema, and in no range of it; did you mean '5000' (Mine)?")]
    // Labels of both schemas, or of none in particular.
    [InlineData("switch (e.Code.Number) { case Other.Fault.Values.Mine: case ErrorCode.Values.CommandFailed: break; }")]
    [InlineData("switch (e.Code.Number) { case Other.Fault.Values.Mine: case 52: break; }")]
    [InlineData("switch (e.Code.Number) { case ErrorCode.Values.CommandFailed: case 5000: break; }")]
    [InlineData("switch (e.Code.Number) { case 52: break; }")]
    [InlineData("return e.Code.Number switch { };")]
    public async Task With_several_schemas_the_labels_tell_which_is_meant(string statements, params string[] messages) =>
        Assert.Equal(messages, await ErrorCodeRun.AssertAsync(statements, code => ErrorCodeRun.CompileWith(code, ErrorCodeRun.Generated(), ErrorCodeRun.OtherSchema)));

    [Theory]
    [InlineData("return e.Code.Number == 4711 || e.Code.Text == \"closed\";")]
    [InlineData("switch (e.Code.Number) { case 50: break; }")]
    [InlineData("{|CHAT2020:switch|} (e.Code.Number) { case ErrorCode.Values.UnknownSession: break; }")]
    public async Task Beside_a_schema_that_names_no_codes_every_code_may_come(string statements) =>
        await ErrorCodeRun.AssertAsync(statements, code => ErrorCodeRun.CompileWith(code, ErrorCodeRun.Generated(), ErrorCodeRun.EmptySchema));

    [Theory]
    [InlineData("return e.Code.Number == 4711;")]
    [InlineData("switch (e.Code.Number) { case 50: break; }")]
    public async Task Without_generated_codes_nothing_is_said(string statements) =>
        await ErrorCodeRun.AssertAsync(statements, code => ErrorCodeRun.CompileWith(code.Replace("using Acme.Chat;", "", StringComparison.Ordinal)));

    [Theory]
    [InlineData(4711, "; did you mean '4701' (Busy)?")]
    [InlineData(4071, "; did you mean '4701' (Busy)?")]
    [InlineData(4703, "; did you mean '4701' (Busy)?")]
    [InlineData(470, "; did you mean '4701' (Busy)?")]
    [InlineData(47001, "; did you mean '4701' (Busy)?")]
    [InlineData(14701, "; did you mean '4701' (Busy)?")]
    [InlineData(-4701, "; did you mean '4701' (Busy)?")]
    [InlineData(4712, "")]
    [InlineData(7, "")]
    [InlineData(4700000, "")]
    public async Task A_number_that_looks_like_a_code_is_taken_for_it(int number, string hint) => Assert.Equal(
        [$"'{number}' is no error code of the schema, and in no range of it{hint}"],
        await ErrorCodeRun.AssertAsync($"return e.Code.Number == {{|CHAT2021:{number}|}};", code => ErrorCodeRun.Compile(code, ErrorCodeRun.Textual)));

    [Theory]
    [InlineData("queue.clsed", "; did you mean 'queue.closed'?")]
    [InlineData("Queue.Full", "; did you mean 'queue.full'?")]
    [InlineData("4701", "; did you mean the number 4701 (Busy)?")]
    [InlineData("session.gone", "")]
    public async Task A_text_that_looks_like_a_code_is_taken_for_it(string text, string hint) => Assert.Equal(
        [$"'{text}' is no error code of the schema, and in no range of it{hint}"],
        await ErrorCodeRun.AssertAsync($"return e.Code.Text == {{|CHAT2021:\"{text}\"|}};", code => ErrorCodeRun.Compile(code, ErrorCodeRun.Textual)));

    [Fact]
    public async Task Missing_codes_are_named_in_the_order_of_the_schema() => Assert.Equal(
        ["The switch has no arm for 'Unspecified', 'MissingParameter', 'UnknownSession', 'ConnectionInterrupted'"],
        await ErrorCodeRun.AssertAsync(
            "{|CHAT2020:switch|} (e.Code.Number) { case > 50 and < 150: break; case 1: case ErrorCode.Values.InvalidParameter: break; }", code => ErrorCodeRun.Compile(code)));

    [Fact]
    public async Task Of_very_many_missing_codes_not_all_are_named()
    {
        string codes = string.Join(",", Enumerable.Range(1000, 40).Select(number => $$""" "Code{{number}}": { "code": {{number}}, "description": "One." } """));
        string message = Assert.Single(await ErrorCodeRun.AssertAsync("{|CHAT2020:switch|} (e.Code.Number) { case <= 150: break; }", code => ErrorCodeRun.Compile(code, $$"""
            { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": { "ErrorCode": { "x-chat-codes": { {{codes}} } } } }
            """)));

        Assert.EndsWith("'Code1028', 'Code1029', …", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generated_code_is_not_checked()
    {
        Compilation compilation = UsageRun.Compile("// <auto-generated/>\n" + ErrorCodeRun.Body("return e.Code.Number == 4711;").Replace("object?", "object", StringComparison.Ordinal).Replace("ChatException?", "ChatException", StringComparison.Ordinal));

        Assert.Empty(await UsageRun.AnalyzeAsync(compilation, new ErrorCodeAnalyzer()));
    }

    [Fact]
    public async Task Code_that_is_not_finished_does_not_disturb()
    {
        foreach (string statements in new[]
        {
            "switch (e.Code.Number) { case : break; }",
            "switch (e.Code.Number) { case ErrorCode.Values.: break; }",
            "return e.Code.Number switch { ErrorCode.Values.Nope => 1, ",
            "return e.Code.Number == ; new ChatErrorCode(",
            "return e.Code is { Number: };",
        })
        {
            ImmutableArray<Diagnostic> diagnostics = await UsageRun.AnalyzeAsync(UsageRun.Compile(ErrorCodeRun.Body(statements), withErrors: true), new ErrorCodeAnalyzer());
            Assert.Empty(diagnostics);
        }
    }

    [Fact]
    public async Task Beside_codes_that_cannot_be_read_every_code_may_come()
    {
        MetadataReference broken = ErrorCodeRun.Emit(ErrorCodeRun.CompileWith("[assembly: ChatGen.ChatErrorCodes(typeof(int), 1)]"));

        await ErrorCodeRun.AssertAsync("return e.Code.Number == 4711;", code => ErrorCodeRun.CompileWith(code, ErrorCodeRun.Generated(), broken));
    }
}
