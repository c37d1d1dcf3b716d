namespace ChatGen.Tests;

/// <summary>Keeps histories in memory, and what was asked of it.</summary>
public sealed class RecordingHistoryStorage : IChatHistoryStorage
{
    /// <summary>What is stored, by session.</summary>
    public Dictionary<string, List<string>> Stored { get; } = [];

    /// <summary>What was called, as <c>append 2</c>.</summary>
    public Recorder<string> Calls { get; } = new();

    /// <summary>What a member of this name throws instead.</summary>
    public Dictionary<string, Exception> Failures { get; } = [];

    public ValueTask<IReadOnlyList<string>> ReadAsync(string sessionId, CancellationToken cancellationToken)
    {
        Record("read", "");
        return ValueTask.FromResult<IReadOnlyList<string>>(Stored.TryGetValue(sessionId, out List<string>? entries) ? [.. entries] : []);
    }

    public ValueTask AppendAsync(string sessionId, IReadOnlyList<string> entries, CancellationToken cancellationToken)
    {
        Record("append", $" {entries.Count}");
        if (!Stored.TryGetValue(sessionId, out List<string>? stored))
        {
            Stored.Add(sessionId, stored = []);
        }

        stored.AddRange(entries);
        return ValueTask.CompletedTask;
    }

    public ValueTask ClearAsync(string sessionId, CancellationToken cancellationToken)
    {
        Record("clear", "");
        Stored.Remove(sessionId);
        return ValueTask.CompletedTask;
    }

    private void Record(string member, string what)
    {
        Calls.Add(member + what);
        if (Failures.TryGetValue(member, out Exception? failure))
        {
            throw failure;
        }
    }
}
