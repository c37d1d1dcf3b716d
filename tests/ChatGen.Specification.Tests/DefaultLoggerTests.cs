using Microsoft.Extensions.Logging.Abstractions;

namespace ChatGen.Specification.Tests;

/// <summary>The row "logger" of both tables where no logger is given. On its own, since the console is everybody's.</summary>
[Collection(nameof(ConsoleGroup))]
public sealed class DefaultLoggerTests
{
    [Fact]
    public async Task Logger_by_default_writes_to_the_console()
    {
        await using Bench bench = await Bench.StartAsync();
        string written = await ConsoleOfAsync(async () =>
        {
            await using var client = new ChatClient(new ChatClientSettings { StateFilePath = bench.StateFile });
            ChatSession session = await client.StartSessionAsync(bench.Start, Deadline.Token);
            await session.SendMessageAsync("A secret word", cancellationToken: Deadline.Token);
            await session.DisposeAsync();
            ChatSession? restored = await client.RestoreSessionAsync(cancellationToken: Deadline.Token);
            await restored!.LeaveAsync(Deadline.Token);
        });
        Assert.Contains("info ChatGen: A chat session was started.", written, StringComparison.Ordinal);
        Assert.Contains("info ChatGen: The chat session was restored with 1 entries of its history.", written, StringComparison.Ordinal);
        Assert.Contains("info ChatGen: The visitor has left the chat session.", written, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Backend.Sessions[0].Id, written, StringComparison.Ordinal);
        Assert.DoesNotContain("A secret word", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logger_that_is_given_leaves_the_console_alone()
    {
        await using Bench bench = await Bench.StartAsync();
        string written = await ConsoleOfAsync(async () =>
        {
            await using var client = new ChatClient(new ChatClientSettings { StateFilePath = bench.StateFile });
            await client.StartSessionAsync(bench.Start with { Logger = NullLogger.Instance }, Deadline.Token);
            Assert.NotNull(await client.RestoreSessionAsync(new RestoreSessionOptions { Logger = NullLogger.Instance }, Deadline.Token));
        });
        Assert.DoesNotContain("ChatGen:", written, StringComparison.Ordinal);
    }

    private static async Task<string> ConsoleOfAsync(Func<Task> action)
    {
        TextWriter before = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(written));
        try
        {
            await action();
        }
        finally
        {
            Console.SetOut(before);
        }

        return written.ToString();
    }
}
