using System.Text;
using System.Text.Json;

namespace ChatGen.Specification.Tests;

/// <summary>What code can do that has a protocol and JSON, and knows no generated type.</summary>
public sealed class AnySchemaTests
{
    private static ChatProtocol Protocol => ChatSchema.Protocol;

    [Fact]
    public async Task Sessions_are_opened_and_commands_carried_out_by_JSON()
    {
        await using Bench bench = await Bench.StartAsync();
        IChatClient client = bench.Client();
        Assert.True(Protocol.Start!.TryRead(Encoding.UTF8.GetBytes($$"""{"serverUrl":"{{bench.Backend.CometDUrl}}","username":"Jane"}"""), null, out ChatSessionSetup? setup, out ChatCommand? start, out _));
        await using (ChatSessionCore session = await client.StartAsync(setup, start, Deadline.Token))
        {
            Assert.Equal("Jane", bench.Backend.Sessions[0].Username);
            Assert.Null(await session.ExecuteAsync(Command("sendMessage"), """{"message":"One"}"""u8.ToArray(), Deadline.Token));
        }

        Assert.True(Protocol.Restore!.TryRead("{}"u8, null, out setup, out ChatCommand? restore, out _));
        await using ChatSessionCore? restored = await client.RestoreAsync(setup, restore, Deadline.Token);
        object? result = await restored!.ExecuteAsync(Command("getTranscript"), "{}"u8.ToArray(), Deadline.Token);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Command("getTranscript").WriteResult(writer, result!);
        }

        JsonElement transcript = JsonElement.Parse(buffer.ToArray()).GetProperty("transcript");
        Assert.Contains(transcript.EnumerateArray(), entry => entry.GetProperty("type").GetString() == "MessageReceived" && entry.GetProperty("content").GetProperty("text").GetString() == "One");

        Assert.Null(await restored.ExecuteAsync(Command("leave"), default, Deadline.Token));
        Assert.False(restored.IsActive);
        Assert.True(bench.Backend.Sessions[0].IsEnded);
        Assert.Null(await client.RestoreAsync(setup, restore, Deadline.Token));
    }

    [Fact]
    public async Task Options_of_a_command_that_break_the_schema_are_not_sent()
    {
        await using Bench bench = await Bench.StartAsync();
        await using ChatSession session = await bench.Client().StartSessionAsync(bench.Start, Deadline.Token);
        ChatValidationException exception = await Assert.ThrowsAsync<ChatValidationException>(() => session.ExecuteAsync(Command("sendMessage"), """{"message":""}"""u8.ToArray(), Deadline.Token));
        Assert.Equal("$.message", Assert.Single(exception.Failures).Path);
        Assert.Empty(bench.Backend.Sessions[0].Messages);
    }

    [Fact]
    public void An_opening_tells_what_is_the_clients_own()
    {
        Assert.Equal("StartSession", Protocol.Start!.Operation);
        Assert.Equal(typeof(StartSessionOptions), Protocol.Start.OptionsType);
        Assert.Equal(["serverUrl", "transport", "stateStorage", "maxOfflineDuration", "disableWebSockets", "logger"], Protocol.Start.ClientMembers);
        Assert.Equal(["transport", "stateStorage", "maxOfflineDuration", "disableWebSockets", "logger"], Protocol.Restore!.ClientMembers);
    }

    [Fact]
    public void Code_completes_options_before_they_are_checked()
    {
        Assert.False(Protocol.Start!.TryRead("{}"u8, null, out _, out _, out ChatValidationResult result));
        Assert.Contains("ServerUrl", Assert.Single(result.Failures).Message, StringComparison.Ordinal);
        var url = new Uri("https://chat.example.com/cometd");
        Assert.True(Protocol.Start.TryRead("""{"username":"Jane"}"""u8, options => (StartSessionOptions)options with { ServerUrl = url }, out ChatSessionSetup? setup, out ChatCommand? command, out _));
        Assert.Equal(url, setup.ServerUrl);
        Assert.Equal("Jane", ((StartSessionOptions)command.Options!).Username);
        Assert.False(Protocol.Start.TryRead("""{"username":"""u8, options => options, out _, out _, out result));
        Assert.Equal("json", Assert.Single(result.Failures).Keyword);
        Assert.False(Protocol.Start.TryRead("""{"username":1}"""u8, options => options, out _, out _, out result));
        Assert.Equal("$.username", Assert.Single(result.Failures).Path);
    }

    private static ChatCommandDefinition Command(string name) => Protocol.Commands.Single(command => command.Name == name);
}
