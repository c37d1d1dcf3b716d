using ChatGen.Bayeux.Tests.Scripted;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>What the user can say of the connection, and how the transport uses what the Bayeux client can do.</summary>
public sealed class TransportOptionTests : IAsyncLifetime
{
    private readonly RecordingHost _host = new(TestProtocol.Create());
    private ChatBench _bench = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await ChatBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Configure_gets_what_the_options_say_and_changes_what_it_will()
    {
        BayeuxClientOptions? seen = null;
        await _bench.StartedAsync(_host, options => options with
        {
            DisableWebSockets = true,
            MaxNetworkDelay = TimeSpan.FromSeconds(7),
            Configure = bayeux =>
            {
                seen = bayeux;
                return bayeux with { AppendMessageTypeToUrl = false };
            },
        });
        Assert.Equal((_bench.Server.Url, true, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7)), (seen!.Url, seen.DisableWebSockets, seen.MaxNetworkDelay, seen.MaxQueueTime));
        Assert.Equal("/cometd", (await _bench.Server.NextAsync("/meta/handshake")).Path);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("null")]
    [InlineData("wrong")]
    public async Task A_configuration_that_cannot_be_used_is_an_error_of_the_library(string how)
    {
        CometDChatTransport transport = _bench.Transport(options => options with
        {
            Configure = bayeux => how switch
            {
                "throws" => throw new FormatException("Wrong."),
                "null" => null!,
                _ => bayeux with { MaxMessageSize = 0 },
            },
        });
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => transport.InitializeAsync(_host, Cancelled).Soon());
        Assert.Equal(TestProtocol.Library, exception.Code.Number);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task Bounds_within_which_nothing_can_be_held_are_an_error_of_the_library(int maxHeldEvents, long maxHeldBytes)
    {
        CometDChatTransport transport = _bench.Transport(options => options with { MaxHeldEvents = maxHeldEvents, MaxHeldBytes = maxHeldBytes });
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => transport.InitializeAsync(_host, Cancelled).Soon());
        Assert.Equal(TestProtocol.Library, exception.Code.Number);
    }

    [Fact]
    public async Task Every_Bayeux_client_of_the_session_is_configured()
    {
        int configured = 0;
        _bench.Answers = (operation, _) => operation == "SAY" && configured == 1 ? """{"fault":{"no":60,"why":"stale"}}""" : null;
        CometDChatTransport transport = await _bench.StartedAsync(_host, options => options with
        {
            Configure = bayeux =>
            {
                configured++;
                return bayeux;
            },
        });
        await Assert.ThrowsAsync<ChatException>(() => transport.SendAsync(TestProtocol.Say.With("x"), Cancelled).Soon());
        Assert.Equal("interrupted", await _host.NextAsync());
        Assert.Equal("continued", await _host.NextAsync());
        Assert.Equal(2, configured);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_settings_of_a_client_configure_its_built_in_transport(bool disableWebSockets)
    {
        int configured = 0;
        var settings = new ChatClientSettings
        {
            CometD = new CometDChatTransportOptions
            {
                Configure = bayeux =>
                {
                    configured++;
                    return bayeux;
                },
            },
        };
        await using var chat = new TestChat(settings);
        await chat.StartAsync(new ChatSessionSetup
        {
            ServerUrl = _bench.Server.Url,
            StateStorage = new MemoryChatStateStorage(),
            DisableWebSockets = disableWebSockets,
            Logger = NullLogger.Instance,
            Validation = default,
        });
        Assert.Equal(1, configured);
        Assert.Equal(disableWebSockets ? 0 : 1, _bench.Server.Upgrades);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_no_trouble_of_the_connection()
    {
        CometDChatTransport transport = await _bench.StartedAsync(_host, options => options with { Configure = static bayeux => bayeux with { MaxMessageSize = 400 } });
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => transport.SendAsync(TestProtocol.Say.With(new string('x', 400)), Cancelled).Soon());
        Assert.Equal(TestProtocol.Library, exception.Code.Number);
        Assert.Contains("'say' could not be sent", exception.Message, StringComparison.Ordinal);
        await transport.SendAsync(TestProtocol.Say.With("x"), Cancelled).Soon();
        Assert.Equal(2, _bench.Server.CountOf(ChatBench.Talk));
    }

    [Theory]
    [InlineData("HISTORY", true)]
    [InlineData("REOPEN", true)]
    [InlineData("SAY", false)]
    public async Task A_request_whose_fate_is_unknown_is_sent_again_only_if_that_does_no_harm(string operation, bool isRepeated)
    {
        int lost = 0;
        _bench.Script = message => message.Channel == ChatBench.Talk && ChatBench.OperationOf(message) == operation && Interlocked.Increment(ref lost) == 1 ? Reply.Abort : null;
        CometDChatTransport transport = _bench.Transport(options => options with { DisableWebSockets = true });
        await transport.InitializeAsync(_host, Cancelled).Soon();
        await transport.RestoreSessionAsync(TestProtocol.Restore.With("x"), new ChatSessionState { SessionId = "secret-session" }, Cancelled).Soon();
        await transport.SendAsync(TestProtocol.History.With("0"), Cancelled).Soon();
        Task<object?> saying = transport.SendAsync(TestProtocol.Say.With("x"), Cancelled);
        if (isRepeated)
        {
            await saying.Soon();
            Assert.Equal(2, lost);
        }
        else
        {
            ChatException exception = await Assert.ThrowsAsync<ChatException>(() => saying.Soon());
            Assert.Contains("may have processed", exception.Message, StringComparison.Ordinal);
            await transport.SendAsync(TestProtocol.History.With("0"), Cancelled).Soon();
            Assert.Equal(1, lost);
        }
    }
}
