using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Tests;

/// <summary>Options in configuration files.</summary>
public class OptionsFileTests
{
    /// <summary>Members of the section <c>Chat:StartSession</c> that are right.</summary>
    public static TheoryData<string> RightMembers =>
    [
        """ "ServerUrl": "https://chat.example.com", "Username": "Ada", "MaxOfflineDuration": 2.5, "DisableWebSockets": true """,
        // What is missing may come from elsewhere.
        "",
        """ "Username": "" """,
        """ "Subject": null """,
        // Configuration is text.
        """ "MaxOfflineDuration": "5", "DisableWebSockets": "TRUE", "Number": "12", "Subject": 12, "Username": true """,
        """ "maxofflineduration": 5, "SERVERURL": "https://chat.example.com" """,
        """ "max_wait": 5 """,
        """ "MaxWait": 5 """,
        """ "Customer": { "Name": "Ada", "Age": 30, "Vip": false } """,
        """ "Customer": { "Age": 30 } """,
        """ "Customer": null """,
        """ "Customer:Age": 30, "Customer:Name": "Ada" """,
        """ "Customers": [{ "Name": "Ada" }, { "Age": 1 }] """,
        """ "Tags": ["a"] """,
        """ "Tags": [] """,
        """ "Tags": { "5": "a", "7": "b" } """,
        """ "Limits": { "a": 1, "b": "2" } """,
        """ "Limits": {} """,
        """ "Channel": "web" """,
        """ "Number": 123456789012345678, "Price": 0.01, "Timeout": 0.5 """,
        """ "Ticket": "T-1", "Mail": "ada@example.com", "Key": "7b7a3c1e-0c5f-4d3e-9a55-1f0a5d7c2b11" """,
        """ "Note": null """,
        """ "Anything": { "a": [1, true, null] }, "UserData": { "a": [1, true, null], "b": {} } """,
        """ "Tags": ["a", "b",], // the last comma """,
    ];

    /// <summary>Members of the section <c>Chat:StartSession</c> that are wrong.</summary>
    public static TheoryData<string, string> WrongMembers => new()
    {
        { """ "MaxOfflineDuration": {|CHAT2003:-1|} """, "'MaxOfflineDuration' must be at least 0, but is -1" },
        { """ "MaxOfflineDuration": {|CHAT2003:"-1"|} """, "'MaxOfflineDuration' must be at least 0, but is -1" },
        { """ "MaxOfflineDuration": {|CHAT2005:"soon"|} """, "'MaxOfflineDuration' must be a number, but is a string" },
        { """ "MaxOfflineDuration": {|CHAT2005:"00:00:05"|} """, "'MaxOfflineDuration' must be a number, but is a string" },
        { """ "MaxOfflineDuration": {|CHAT2005:{ "Seconds": 5 }|} """, "'MaxOfflineDuration' must be a number, but is an object" },
        { """ "DisableWebSockets": {|CHAT2005:1|} """, "'DisableWebSockets' must be a Boolean, but is 1" },
        { """ "DisableWebSockets": {|CHAT2005:"yes"|} """, "'DisableWebSockets' must be a Boolean, but is a string" },
        { """ "ServerUrl": {|CHAT2004:"ftp://chat.example.com"|} """, "'ServerUrl' must match the pattern ^https?://" },
        { """ "serverurl": {|CHAT2004:"https://chat example.com"|} """, "'ServerUrl' must be an absolute URI" },
        { """ "Username": {|CHAT2005:["Ada"]|} """, "'Username' must be a string, but is an array" },
        { """ "UserData": {|CHAT2005:"x"|} """, "'UserData' must be an object, but is a string" },
        { """ "Number": {|CHAT2005:1.5|} """, "'Number' must be an integer, but is 1.5" },
        { """ "Price": {|CHAT2003:0.001|} """, "'Price' must be a multiple of 0.01, but is 0.001" },
        { """ "Timeout": {|CHAT2003:0|} """, "'Timeout' must be above 0, but is 0" },
        { """ "Channel": {|CHAT2005:"Web"|} """, "'Channel' must be one of 'web', 'app'" },
        { """ "Ticket": {|CHAT2004:7|} """, "'Ticket' must match the pattern ^T-[0-9]+$" },
        { """ "Mail": {|CHAT2004:"ada"|} """, "'Mail' must be an e-mail address" },
        { """ "max_wait": {|CHAT2003:0|} """, "'MaxWait' must be at least 1, but is 0" },
        { """ "Customer": { "Name": {|CHAT2003:"A"|} } """, "'name' must have at least 2 characters, but has 1" },
        { """ "Customer:Name": {|CHAT2003:"A"|} """, "'name' must have at least 2 characters, but has 1" },
        { """ "Customer": {|CHAT2005:"Ada"|} """, "'Customer' must be an object, but is a string" },
        { """ "Customer": {|CHAT2005:["Ada"]|} """, "'Customer' must be an object, but is an array" },
        { """ "Customers": [{ "Name": "Ada" }, { "Age": {|CHAT2003:200|} }] """, "'age' must be at most 150, but is 200" },
        { """ "Customers": {|CHAT2005:{ "Ada": { "Age": 3 } }|} """, "'Customers' must be an array, but is an object" },
        { """ "Tags": ["a", {|CHAT2003:"longer"|}] """, "'Tags[1]' must have at most 5 characters, but has 6" },
        { """ "Tags": {|CHAT2003:["a", "b", "c", "d"]|} """, "'Tags' must have at most 3 items, but has 4" },
        { """ "Tags": {|CHAT2005:["a", "a"]|} """, "'Tags' must not have equal items, but has them at 0 and 1" },
        { """ "Scores": [1, {|CHAT2005:null|}] """, "'Scores[1]' must be a number, but is null" },
        { """ "Limits": { "a": {|CHAT2003:0|} } """, "'a' must be at least 1, but is 0" },
        { """ {|CHAT2012:"MaxOfflineDurations"|}: 5 """, "'MaxOfflineDurations' is no member of 'StartSessionOptions'; did you mean 'MaxOfflineDuration'?" },
        { """ "Customer": { {|CHAT2012:"Agee"|}: 5 } """, "'Agee' is no member of 'Customer'; did you mean 'Age'?" },
        { """ "Customer": { {|CHAT2012:"Street"|}: "x" } """, "'Street' is no member of 'Customer'; allowed are 'Name', 'Age', 'Vip'" },
        { """ {|CHAT2012:"Transport"|}: { "Kind": "rest" } """, "'Transport' has no effect in a configuration: it exists only in the process, so code has to give it" },
        { """ {|CHAT2012:"logger"|}: "console" """, "'Logger' has no effect in a configuration: it exists only in the process, so code has to give it" },
        { """ {|CHAT2012:"Token"|}: "x" """, "'Token' has no effect in a configuration: the backend alone sets it" },
    };

    /// <summary>Whole files that are right, or nobody's business.</summary>
    public static TheoryData<string> RightFiles =>
    [
        "{}",
        """{ "Logging": { "LogLevel": { "Default": "Information" } } }""",
        """{ "Chat": null }""",
        """{ "Chat": "on" }""",
        """{ "Chat": { "Theme": "dark" } }""",
        """{ "StartSession": { "MaxOfflineDuration": -1 } }""",
        """{ "Chat": { "RestoreSession": { "MaxOfflineDuration": 1 }, "SendMessage": { "Type": "url" }, "GetTranscript": { "FromIndex": "3" } } }""",
        """{ "chat": { "startsession": { "maxofflineduration": 1 } } }""",
        "\uFEFF{ \"Chat\": { /* a comment */ \"StartSession\": { \"Subject\": \"x\" } } } // the end",
    ];

    /// <summary>Whole files that are wrong.</summary>
    public static TheoryData<string, string> WrongFiles => new()
    {
        { """{ "Chat": { "StartSession": {|CHAT2005:5|} } }""", "'StartSessionOptions' must be an object, but is a string" },
        { """{ "Chat": { {|CHAT2013:"StartSesion"|}: { "Username": "Ada" } } }""", "'StartSesion' is no operation with options; did you mean 'StartSession'?" },
        { """{ "Chat:StartSession:MaxOfflineDuration": {|CHAT2003:-1|} }""", "'MaxOfflineDuration' must be at least 0, but is -1" },
        { """{ "chat": { "RESTORESESSION": { "MaxOfflineDuration": {|CHAT2003:-1|} } } }""", "'MaxOfflineDuration' must be at least 0, but is -1" },
        { """{ "Chat": { "GetTranscript": { "FromIndex": {|CHAT2003:-1|} } } }""", "'FromIndex' must be at least 0, but is -1" },
        { """{ "Chat": { "SendMessage": { "Type": {|CHAT2005:"html"|} } } }""", "'Type' must be one of 'text', 'url'" },
        { "\uFEFF{ \"Chat\": { \"StartSession\": { \"MaxOfflineDuration\": {|CHAT2003:-1|} } } }", "'MaxOfflineDuration' must be at least 0, but is -1" },
        { """{ "Chat": {|CHAT2014:x|} }""", "'appsettings.json' is not JSON: a value is expected" },
        { """{|CHAT2014:[]|}""", "'appsettings.json' is not JSON: a configuration is an object" },
        { "{|CHAT2014:|}", "'appsettings.json' is not JSON: it is empty" },
        { "{} {|CHAT2014:/* |}", "'appsettings.json' is not JSON: the comment is not closed" },
    };

    [Theory]
    [MemberData(nameof(RightMembers))]
    public Task A_member_that_is_right_is_silent(string members) => ExpectAsync(OptionsFileRun.Acme, Start(members), null);

    [Theory]
    [MemberData(nameof(WrongMembers))]
    public Task A_member_that_is_wrong_is_told_where_it_stands(string members, string message) => ExpectAsync(OptionsFileRun.Acme, Start(members), message);

    [Theory]
    [MemberData(nameof(RightFiles))]
    public Task A_file_that_is_right_is_silent(string json) => ExpectAsync(OptionsFileRun.BuiltIn, json, null);

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public Task A_file_that_is_wrong_is_told_where_it_is_wrong(string json, string message) => ExpectAsync(OptionsFileRun.BuiltIn, json, message);

    [Theory]
    [InlineData("""{ "Acme": { "Support": { "StartSession": { "MaxOfflineDuration": {|CHAT2003:-1|} } } }, "Chat": { "StartSession": { "MaxOfflineDuration": -1 } } }""")]
    [InlineData("""{ "acme:support": { "StartSession": { "MaxOfflineDuration": {|CHAT2003:-1|} } } }""")]
    public Task A_section_may_have_another_name(string json) =>
        ExpectAsync(OptionsFileRun.BuiltIn, json, "'MaxOfflineDuration' must be at least 0, but is -1", ("ChatGenOptionsSection", "Acme:Support"));

    [Fact]
    public Task A_section_may_hold_the_options_themselves() => ExpectAsync(
        OptionsFileRun.BuiltIn, """{ "Chat": { "Username": "Ada", "MaxOfflineDuration": {|CHAT2003:-1|} } }""", "'MaxOfflineDuration' must be at least 0, but is -1",
        ("ChatGenOptionsType", "StartSessionOptions"));

    [Fact]
    public Task Options_that_are_not_generated_are_told_at_the_section() => ExpectAsync(
        OptionsFileRun.BuiltIn, """{ {|CHAT2013:"Chat"|}: { "MaxOfflineDuration": -1 } }""", "No options named 'StartSessionOption' are generated; did you mean 'StartSessionOptions'?",
        ("ChatGenOptionsType", "StartSessionOption"));

    [Fact]
    public Task A_namespace_that_is_not_generated_is_told_at_the_section() => ExpectAsync(
        OptionsFileRun.BuiltIn, """{ {|CHAT2013:"Chat"|}: { "StartSession": { "MaxOfflineDuration": -1 } } }""", "No options are generated in the namespace 'Acme.Chats'; did you mean 'Acme.Chat'?",
        ("ChatGenOptionsNamespace", "Acme.Chats"));

    [Fact]
    public Task The_namespace_is_found() => ExpectAsync(
        OptionsFileRun.BuiltIn, """{ "Chat": { "StartSession": { "MaxOfflineDuration": {|CHAT2003:-1|} } } }""", "'MaxOfflineDuration' must be at least 0, but is -1",
        ("ChatGenOptionsNamespace", "Acme.Chat"));

    [Fact]
    public async Task A_file_that_holds_no_options_is_not_read()
    {
        ImmutableArray<Diagnostic> diagnostics = await OptionsFileRun.RunAsync(OptionsFileRun.BuiltIn, [("notes.json", "not JSON")], []);

        Assert.Empty(diagnostics);
    }

    [Fact]
    public async Task Each_file_is_checked_by_itself()
    {
        ImmutableArray<Diagnostic> diagnostics = await OptionsFileRun.RunAsync(
            OptionsFileRun.BuiltIn,
            [("appsettings.json", """{ "Chat": { "StartSession": { "MaxOfflineDuration": -1 } } }"""), ("appsettings.Development.json", """{ "Chat": { "StartSession": { "ServerUrl": "x" } } }""")],
            [("ChatGenOptions", "true")]);

        Assert.Equal(["appsettings.Development.json", "appsettings.json"], diagnostics.Select(diagnostic => diagnostic.Location.GetLineSpan().Path).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_diagnostic_stands_in_the_file_by_line_and_column()
    {
        ImmutableArray<Diagnostic> diagnostics = await OptionsFileRun.RunAsync(OptionsFileRun.BuiltIn, "{\n  \"Chat\": {\n    \"StartSession\": { \"MaxOfflineDuration\": -1 }\n  }\n}");

        FileLinePositionSpan place = Assert.Single(diagnostics).Location.GetLineSpan();
        Assert.Equal(("appsettings.json", 2, 44), (place.Path, place.StartLinePosition.Line, place.StartLinePosition.Character));
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        (string json, (string Id, TextSpan Span)[] marks) = OptionsFileRun.ReadMarks(Start(
            """ "ServerUrl": "https://chat.example.com", "MaxOfflineDuration": {|CHAT2003:-1|}, {|CHAT2012:"Logger"|}: 1, "Channel": {|CHAT2005:"x"|}, "Customer": { "Age": {|CHAT2003:-1|} } """));

        ImmutableArray<Diagnostic> diagnostics = await OptionsFileRun.RunAsync(OptionsFileRun.Acme, json);

        Assert.Equal(marks, diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
    }

    [Fact]
    public async Task Options_of_a_referenced_assembly_are_checked_too()
    {
        Compilation application = CSharpCompilation.Create(
            "Application", [], [.. UsageRun.References, OptionsFileRun.BuiltIn.ToMetadataReference()], new(OutputKind.DynamicallyLinkedLibrary));

        ImmutableArray<Diagnostic> diagnostics = await OptionsFileRun.RunAsync(application, """{ "Chat": { "StartSession": { "MaxOfflineDuration": -1 } } }""");

        Assert.Equal("CHAT2003", Assert.Single(diagnostics).Id);
    }

    [Fact]
    public async Task Two_schemas_need_a_namespace()
    {
        Compilation other = UsageRun.Compile("").WithAssemblyName("Other");
        Compilation application = CSharpCompilation.Create(
            "Application", [], [.. UsageRun.References, OptionsFileRun.BuiltIn.ToMetadataReference(), other.ToMetadataReference()], new(OutputKind.DynamicallyLinkedLibrary));

        ImmutableArray<Diagnostic> diagnostics = await OptionsFileRun.RunAsync(application, """{ "Chat": { "StartSession": { "MaxOfflineDuration": -1 } } }""");

        Assert.Equal("CHAT2013", Assert.Single(diagnostics).Id);
    }

    [Fact]
    public async Task A_project_without_options_is_silent()
    {
        Compilation application = CSharpCompilation.Create("Application", [], UsageRun.References, new(OutputKind.DynamicallyLinkedLibrary));

        Assert.Empty(await OptionsFileRun.RunAsync(application, """{ "Chat": { "StartSession": { "MaxOfflineDuration": -1 """));
    }

    private static string Start(string members) => $$"""{ "Chat": { "StartSession": { {{members}} {{"\n"}} } } }""";

    private static async Task ExpectAsync(Compilation compilation, string marked, string? message, params (string Name, string Value)[] metadata)
    {
        (string json, (string Id, TextSpan Span)[] marks) = OptionsFileRun.ReadMarks(marked);

        ImmutableArray<Diagnostic> diagnostics = await OptionsFileRun.RunAsync(compilation, json, metadata);

        // A URI that is none breaks both its format and its pattern.
        Assert.Equal(marks, diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)).Distinct());
        if (message is not null)
        {
            Assert.Contains(message, diagnostics.Select(diagnostic => diagnostic.GetMessage(null)));
        }
    }
}
