using ChatGen;
using ChatGen.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Refit;
using Scratch.Chat;

using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
await using ChatBackend backend = await ChatBackend.StartAsync(cancellationToken: deadline.Token);

await using (var client = new ChatClient())
{
    await using ChatSession session = await client.StartSessionAsync(
        new StartSessionOptions
        {
            ServerUrl = backend.CometDUrl,
            Username = "Jane",
            UserData = new() { ["FirstName"] = "Jane" },
            MaxOfflineDuration = TimeSpan.FromMinutes(1),
            Logger = NullLogger.Instance,
        },
        deadline.Token);
    await AskAsync(session, "Where is my parcel?");
}

await using (var client = new ChatClient())
{
    await using ChatSession session = await client.RestoreSessionAsync(
        new RestoreSessionOptions { MaxOfflineDuration = TimeSpan.FromMinutes(1), Logger = NullLogger.Instance }, deadline.Token)
        ?? throw new InvalidOperationException("There was nothing to restore.");
    await AskAsync(session, "Are you still there?");
    UserDataResult data = await session.GetUserDataAsync("FirstName", deadline.Token);
    await session.LeaveAsync(deadline.Token);
    Console.WriteLine($"First name: {(string?)data.UserData["FirstName"]}");
}

await using (var client = new ChatClient())
{
    ChatSession? session = await client.RestoreSessionAsync(new RestoreSessionOptions { Logger = NullLogger.Instance }, deadline.Token);
    Console.WriteLine(session is null ? "Nothing is left to restore." : "The session could be restored after it was left.");
}

Console.WriteLine($"The backend saw: {string.Join(" | ", backend.Sessions.Single().Messages)}");

using (var httpClient = new HttpClient { BaseAddress = backend.RestUrl })
await using (var client = new ChatClient())
{
    IChatApi api = RestService.ForGenerated<IChatApi>(httpClient);
    await using ChatSession session = await client.StartSessionAsync(
        new StartSessionOptions { Transport = new RestTransport(api), Username = "Joe", Logger = NullLogger.Instance }, deadline.Token);
    await AskAsync(session, "And over HTTP?");
    await session.LeaveAsync(deadline.Token);
    using ApiResponse<StartSessionResult> answer = await api.StartSessionResponseAsync(new StartSessionOptions { ServerUrl = backend.RestUrl, Username = "Jim" }, deadline.Token);
    Console.WriteLine($"The API alone: {answer.StatusCode}, {backend.Sessions.Last().Username}");
}

async Task AskAsync(ChatSession session, string question)
{
    var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
    using IDisposable subscription = session.OnMessageReceived(message =>
    {
        if (message is { Party.Name: "Sam" } && message.Content.Text.EndsWith(question, StringComparison.Ordinal))
        {
            answer.TrySetResult(message.Content.Text);
        }
    });
    await session.SendMessageAsync(question, cancellationToken: deadline.Token);
    Console.WriteLine(await answer.Task.WaitAsync(deadline.Token));
}
