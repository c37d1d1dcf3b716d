using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.Configuration;

namespace ChatGen.Analyzers.Tests;

/// <summary>The analyzer of configuration files and the reading of options from a configuration say the same of the same file.</summary>
public class OptionsAgreementTests
{
    /// <summary>What a file may leave to others, so that a single file does not break it.</summary>
    private static readonly string[] s_ofWhatIsMissing = ["required", "anyOf", "minItems"];

    private static readonly Lazy<Type> s_options = new(Load);

    public static TheoryData<string> Members => [.. OptionsFileTests.RightMembers.Select(row => row.Data), .. OptionsFileTests.WrongMembers.Select(row => row.Data.Item1)];

    [Theory]
    [MemberData(nameof(Members))]
    public async Task What_the_analyzer_says_of_a_file_is_what_reading_it_says(string members)
    {
        (string json, _) = OptionsFileRun.ReadMarks($$"""{ "Chat": { "StartSession": { {{members}} {{"\n"}} } } }""");

        IEnumerable<Diagnostic> diagnostics = await OptionsFileRun.RunAsync(OptionsFileRun.Acme, json);
        IReadOnlyList<ChatValidationFailure> failures = Read(JsonConfiguration.Read(json).GetSection("Chat:StartSession"));

        Assert.Equal(
            diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.GetMessage(null)).Order(StringComparer.Ordinal),
            failures.Where(failure => !s_ofWhatIsMissing.Contains(failure.Keyword)).Select(failure => failure.Message).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_digit_of_a_number_is_read()
    {
        object options = Options("""{ "ServerUrl": "https://chat.example.com", "Number": 9007199254740993, "Price": 79228162514264337593.54, "Timeout": 1500, "Limits": { "Max": 3 } }""");

        Assert.Equal(9007199254740993L, Get(options, "Number"));
        Assert.Equal(79228162514264337593.54m, Get(options, "Price"));
        Assert.Equal(TimeSpan.FromSeconds(1.5), Get(options, "Timeout"));
        Assert.Equal(3L, Convert.ToInt64(Assert.IsType<Dictionary<string, long>>(Get(options, "Limits"))["Max"]));
    }

    [Fact]
    public void Nested_options_are_read_by_their_names_in_CSharp()
    {
        object options = Options("""{ "ServerUrl": "https://chat.example.com", "MaxWait": 3, "Customer": { "NAME": "Ada", "VIP": "true" }, "Customers": [{ "Name": "Grace", "Age": "85" }] }""");

        Assert.Equal(3L, Convert.ToInt64(Get(options, "MaxWait")));
        Assert.Equal(("Ada", true), (Get(Get(options, "Customer")!, "Name"), Get(Get(options, "Customer")!, "Vip")));
        object customer = Assert.Single(Assert.IsAssignableFrom<IEnumerable<object>>(Get(options, "Customers")));
        Assert.Equal(("Grace", 85L), (Get(customer, "Name"), Convert.ToInt64(Get(customer, "Age"))));
    }

    [Theory]
    [InlineData("""{ "Customers": [{ "Name": "Ada" }, { "Name": "A" }] }""", "Chat:StartSession:Customers:1:Name")]
    [InlineData("""{ "Customer": { "Name": "A" } }""", "Chat:StartSession:Customer:Name")]
    [InlineData("""{ "Limits": { "a": 0 } }""", "Chat:StartSession:Limits:a")]
    [InlineData("""{ "Customer": { "Age": 1 } }""", "Chat:StartSession:Customer")]
    public void A_failure_has_the_path_of_the_configuration(string section, string path)
    {
        IReadOnlyList<ChatValidationFailure> failures = Read(Section(section));

        Assert.Contains(path, failures.Select(failure => failure.Path));
    }

    private static object Options(string section)
    {
        object? options = null;
        Assert.Empty(Read(Section(section), found => options = found));
        return options!;
    }

    private static IConfigurationSection Section(string section) => JsonConfiguration.Read($$"""{ "Chat": { "StartSession": {{section}} } }""").GetSection("Chat:StartSession");

    private static object? Get(object options, string name) => options.GetType().GetProperty(name)!.GetValue(options);

    private static IReadOnlyList<ChatValidationFailure> Read(IConfiguration configuration, Action<object?>? take = null)
    {
        MethodInfo method = typeof(ChatConfigurationExtensions).GetMethods().Single(method => method.Name == nameof(ChatConfigurationExtensions.GetChatOptions) && method.GetParameters().Length == 1).MakeGenericMethod(s_options.Value);
        try
        {
            object? options = method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [configuration], null);
            take?.Invoke(options);
            return [];
        }
        catch (ChatValidationException exception)
        {
            return exception.Failures;
        }
    }

    private static Type Load()
    {
        using var image = new MemoryStream();
        Assert.True(OptionsFileRun.Acme.Emit(image).Success);
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image).GetType("Acme.Chat.StartSessionOptions", throwOnError: true)!;
    }
}
