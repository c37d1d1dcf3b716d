using System.Text;
using Microsoft.Extensions.Configuration;

namespace ChatGen.Specification.Tests;

/// <summary>Options from a configuration, as .NET's own providers read it.</summary>
public class ConfigurationTests
{
    [Fact]
    public void A_section_becomes_options()
    {
        StartSessionOptions? options = Start("""
            {
              // The backend of the shop.
              "ServerUrl": "https://chat.example.com",
              "Username": "Ada",
              "MaxOfflineDuration": 2.5,
              "DisableWebSockets": true,
              "UserData": { "Language": "de", "Cart": { "Items": ["a", "b"], "Total": 12.50 } },
            }
            """).GetChatOptions<StartSessionOptions>();

        Assert.NotNull(options);
        Assert.Equal(new Uri("https://chat.example.com"), options.ServerUrl);
        Assert.Equal("Ada", options.Username);
        Assert.Null(options.Subject);
        Assert.Equal(TimeSpan.FromSeconds(2.5), options.MaxOfflineDuration);
        Assert.True(options.DisableWebSockets);
        Assert.Equal("""{"Cart":{"Items":["a","b"],"Total":"12.50"},"Language":"de"}""", options.UserData!.ToJsonString());
    }

    [Theory]
    [InlineData("MaxOfflineDuration")]
    [InlineData("maxOfflineDuration")]
    [InlineData("MAXOFFLINEDURATION")]
    public void Keys_are_names_without_regard_to_case(string key)
    {
        StartSessionOptions? options = Start($$"""{ "serverurl": "https://chat.example.com", "{{key}}": "7" }""").GetChatOptions<StartSessionOptions>();

        Assert.Equal(TimeSpan.FromSeconds(7), options!.MaxOfflineDuration);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("FALSE", false)]
    public void A_text_is_a_Boolean_where_one_is_wanted(string text, bool expected)
    {
        StartSessionOptions? options = Memory(("Chat:StartSession:ServerUrl", "https://chat.example.com"), ("Chat:StartSession:DisableWebSockets", text))
            .GetChatOptions<StartSessionOptions>();

        Assert.Equal(expected, options!.DisableWebSockets);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("")]
    public void A_text_stays_a_text_where_one_is_wanted(string text)
    {
        StartSessionOptions? options = Memory(("Chat:StartSession:ServerUrl", "https://chat.example.com"), ("Chat:StartSession:Subject", text))
            .GetChatOptions<StartSessionOptions>();

        Assert.Equal(text, options!.Subject);
    }

    [Fact]
    public void A_later_provider_replaces_a_value()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddJsonStream(Json("""{ "Chat": { "StartSession": { "ServerUrl": "https://chat.example.com", "Subject": "Order" } } }"""))
            .AddJsonStream(Json("""{ "chat": { "startsession": { "SUBJECT": null, "Username": "Grace" } } }"""))
            .AddInMemoryCollection([new("Chat:StartSession:Username", "Ada")])
            .Build();

        StartSessionOptions? options = configuration.GetSection("Chat:StartSession").GetChatOptions<StartSessionOptions>();

        Assert.Null(options!.Subject);
        Assert.Equal("Ada", options.Username);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void Nothing_configured_is_no_options(string section)
    {
        Assert.Null(Start(section).GetChatOptions<StartSessionOptions>());
        Assert.Null(new ConfigurationBuilder().Build().GetSection("Chat:StartSession").GetChatOptions<StartSessionOptions>(options => throw new InvalidOperationException()));
    }

    [Theory]
    [InlineData("""{ "ServerUrl": "https://chat.example.com", "MaxOfflineDuration": -1 }""", "Chat:StartSession:MaxOfflineDuration", "minimum", "'MaxOfflineDuration' must be at least 0, but is -1")]
    [InlineData("""{ "ServerUrl": "https://chat.example.com", "maxOfflineDuration": "soon" }""", "Chat:StartSession:maxOfflineDuration", "type", "must be a number, but is a string")]
    [InlineData("""{ "ServerUrl": "ftp://chat.example.com" }""", "Chat:StartSession:ServerUrl", "pattern", "'ServerUrl' must match the pattern ^https?://")]
    [InlineData("""{ "ServerUrl": "https://chat.example.com", "DisableWebSockets": 1 }""", "Chat:StartSession:DisableWebSockets", "type", "must be a Boolean, but is a number")]
    [InlineData("""{ "ServerUrl": "https://chat.example.com", "UserData": "x" }""", "Chat:StartSession:UserData", "type", "must be an object, but is a string")]
    [InlineData("""{ "Username": "Ada" }""", "Chat:StartSession", "anyOf", "'StartSessionOptions' needs 'ServerUrl' unless 'Transport' is given")]
    [InlineData("""[ "a" ]""", "Chat:StartSession", "type", "must be an object, but is an array")]
    [InlineData("\"x\"", "Chat:StartSession", "type", "must be an object, but is a string")]
    public void What_breaks_the_schema_is_told_where_it_is_configured(string section, string path, string keyword, string words)
    {
        IConfigurationSection configuration = Start(section);

        ChatValidationFailure failure = Assert.Single(Assert.Throws<ChatValidationException>(() => configuration.GetChatOptions<StartSessionOptions>()).Failures);

        Assert.Equal((path, keyword), (failure.Path, failure.Keyword));
        Assert.EndsWith(words, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    public void Options_that_are_required_are_read_as_if_an_empty_object_were_configured_where_nothing_is(string section)
    {
        Assert.Equal(new RestoreSessionOptions(), Start(section).GetRequiredChatOptions<RestoreSessionOptions>());
        ChatValidationFailure failure = Assert.Single(Assert.Throws<ChatValidationException>(() => Start(section).GetRequiredChatOptions<StartSessionOptions>()).Failures);
        Assert.Equal(("Chat:StartSession", "anyOf"), (failure.Path, failure.Keyword));
    }

    [Fact]
    public void Options_that_are_required_can_be_completed_where_nothing_is_configured()
    {
        StartSessionOptions options = Start("{}").GetRequiredChatOptions<StartSessionOptions>(options => options with { ServerUrl = new Uri("https://chat.example.com") });
        Assert.Equal(new Uri("https://chat.example.com"), options.ServerUrl);

        ChatValidationFailure failure = Assert.Single(Assert.Throws<ChatValidationException>(
            () => Start("{}").GetRequiredChatOptions<StartSessionOptions>(options => options with { ServerUrl = new Uri("ftp://chat.example.com") })).Failures);
        Assert.Equal("Chat:StartSession:serverUrl", failure.Path);
    }

    [Fact]
    public void Options_that_are_required_are_read_as_others_are_where_they_are_configured()
    {
        Assert.Equal("Ada", Start("""{ "ServerUrl": "https://chat.example.com", "Username": "Ada" }""").GetRequiredChatOptions<StartSessionOptions>().Username);
        Assert.Equal("Chat:StartSession:ServerUrl", Assert.Single(Assert.Throws<ChatValidationException>(
            () => Start("""{ "ServerUrl": "ftp://chat.example.com" }""").GetRequiredChatOptions<StartSessionOptions>()).Failures).Path);
    }

    [Fact]
    public void All_that_is_broken_is_told_at_once()
    {
        IConfigurationSection configuration = Start("""{ "ServerUrl": "chat", "MaxOfflineDuration": -1 }""");

        IEnumerable<string> paths = Assert.Throws<ChatValidationException>(() => configuration.GetChatOptions<StartSessionOptions>()).Failures.Select(failure => failure.Path).Distinct();

        Assert.Equal(["Chat:StartSession:ServerUrl", "Chat:StartSession:MaxOfflineDuration"], paths);
    }

    [Fact]
    public void Code_completes_what_a_file_cannot_hold()
    {
        var storage = new MemoryChatStateStorage();

        StartSessionOptions? options = Start("""{ "Username": "Ada", "StateStorage": "memory" }""").GetChatOptions<StartSessionOptions>(
            options => options with { ServerUrl = new Uri("https://chat.example.com"), StateStorage = storage });

        Assert.Equal("Ada", options!.Username);
        Assert.Same(storage, options.StateStorage);
    }

    [Fact]
    public void What_code_completes_is_checked_too()
    {
        IConfigurationSection configuration = Start("""{ "Username": "Ada" }""");

        ChatValidationFailure failure = Assert.Single(Assert.Throws<ChatValidationException>(() => configuration.GetChatOptions<StartSessionOptions>(
            options => options with { ServerUrl = new Uri("https://chat.example.com"), MaxOfflineDuration = TimeSpan.FromSeconds(-1) })).Failures);

        Assert.Equal("Chat:StartSession:maxOfflineDuration", failure.Path);
    }

    [Fact]
    public void What_is_configured_wrongly_is_not_left_to_code()
    {
        IConfigurationSection configuration = Start("""{ "MaxOfflineDuration": "soon" }""");

        ChatValidationFailure failure = Assert.Single(Assert.Throws<ChatValidationException>(
            () => configuration.GetChatOptions<StartSessionOptions>(options => throw new InvalidOperationException())).Failures);

        Assert.Equal("Chat:StartSession:MaxOfflineDuration", failure.Path);
    }

    [Fact]
    public void Members_of_the_process_have_no_effect()
    {
        StartSessionOptions? options = Start("""{ "ServerUrl": "https://chat.example.com", "Transport": { "Kind": "rest" }, "Logger": "console" }""")
            .GetChatOptions<StartSessionOptions>();

        Assert.Null(options!.Transport);
        Assert.Null(options.Logger);
    }

    [Fact]
    public void Every_kind_of_options_can_be_configured()
    {
        IConfiguration configuration = Memory(
            ("Chat:StartSession:Message", "See https://example.com"), ("Chat:StartSession:Type", "url"), ("Chat:StartSession:FromIndex", "2147483647"),
            ("Chat:StartSession:UserData:a:b", "c"), ("Chat:StartSession:MaxOfflineDuration", "0"));

        Assert.Equal(SendMessageOptionsType.Url, configuration.GetChatOptions<SendMessageOptions>()!.Type);
        Assert.Equal(2147483647, configuration.GetChatOptions<GetTranscriptOptions>()!.FromIndex);
        Assert.Equal("c", (string?)configuration.GetChatOptions<SetUserDataOptions>()!.UserData["a"]!["b"]);
        Assert.Equal(TimeSpan.Zero, configuration.GetChatOptions<RestoreSessionOptions>()!.MaxOfflineDuration);
    }

    [Fact]
    public void A_missing_member_is_told_of_the_section()
    {
        ChatValidationFailure failure = Assert.Single(
            Assert.Throws<ChatValidationException>(() => Memory(("Chat:StartSession:Type", "text")).GetChatOptions<SendMessageOptions>()).Failures);

        Assert.Equal(("Chat:StartSession", "required"), (failure.Path, failure.Keyword));
    }

    [Fact]
    public void Options_may_stand_at_the_root()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new("MaxOfflineDuration", "-1")]).Build();

        ChatValidationFailure failure = Assert.Single(Assert.Throws<ChatValidationException>(() => configuration.GetChatOptions<RestoreSessionOptions>()).Failures);

        Assert.Equal("MaxOfflineDuration", failure.Path);
    }

    private static IConfigurationSection Start(string section) =>
        new ConfigurationBuilder().AddJsonStream(Json($$"""{ "Chat": { "StartSession": {{section}} } }""")).Build().GetSection("Chat:StartSession");

    private static IConfigurationSection Memory(params (string Key, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, value.Value))).Build().GetSection("Chat:StartSession");

    private static MemoryStream Json(string json) => new(Encoding.UTF8.GetBytes(json));
}
