using Acme.Chat;
using ChatGen;
using ChatGen.Testing;
using Microsoft.Extensions.Logging.Abstractions;

using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
var closed = new ScriptedAgent { OnStarted = (conversation, _) => conversation.FailAsync(ErrorCode.QueueClosed.Number) };
await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = closed }, deadline.Token);
await using var client = new ChatClient();
var options = new StartSessionOptions
{
    ServerUrl = backend.CometDUrl,
    Queue = StartSessionOptionsQueue.Sales,
    Priority = 3,
    Logger = NullLogger.Instance,
};
await using ChatSession session = await client.StartSessionAsync(options, deadline.Token);
Console.WriteLine($"Arrived: {backend.Sessions.Single().StartRequest["queue"]}, {backend.Sessions.Single().StartRequest["priority"]}");

var error = new TaskCompletionSource<ChatErrorCode>(TaskCreationOptions.RunContinuationsAsynchronously);
using (session.OnError(e => error.TrySetResult(e.Error.Code)))
{
    ChatErrorCode code = await error.Task.WaitAsync(deadline.Token);
    Console.WriteLine($"Refused: {code == ErrorCode.QueueClosed}, {code.Info?.Description}");
}

foreach (ChatValidationFailure failure in (options with { Subject = new string('x', 65) }).Validate().Failures)
{
    Console.WriteLine($"Invalid: {failure.Path} {failure.Keyword}");
}

await session.LeaveAsync(deadline.Token);
