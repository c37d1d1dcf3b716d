namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>A session of the test protocol, as it would be generated.</summary>
internal sealed class TestChatSession(ChatSessionContext context) : ChatSessionCore(context)
{
    public async Task<string> SayAsync(string text) =>
        (await ExecuteAsync<TestResult>(TestProtocol.Say.With(text), default, Xunit.TestContext.Current.CancellationToken).Soon()).SessionId;

    /// <summary>Reads events until one of this type, itself included.</summary>
    public async Task<List<string>> ReadUntilAsync(ChatEventType last)
    {
        var read = new List<string>();
        async Task ReadAsync()
        {
            await foreach (ChatEvent chatEvent in ReadEventsAsync(Xunit.TestContext.Current.CancellationToken))
            {
                read.Add(chatEvent is TestEvent test ? test.Summary : "unknown");
                if (chatEvent.EventType == last)
                {
                    break;
                }
            }
        }

        await ReadAsync().Soon();
        return read;
    }
}
