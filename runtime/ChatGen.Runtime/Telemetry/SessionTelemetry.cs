using System.Diagnostics;

namespace ChatGen;

/// <summary>What one session tells of itself.</summary>
/// <remarks>Thread-safe. Listeners are called synchronously, so no lock must be held.</remarks>
internal sealed class SessionTelemetry(string schemaId, TimeProvider timeProvider)
{
    private const int Begun = 1;
    private const int Ended = 2;
    private const int NoEnd = -1;

    private int _phases;
    private int _end = NoEnd;
    private Outage? _outage;

    /// <summary>Whether the connection is lost at present.</summary>
    public bool IsInterrupted => Volatile.Read(ref _outage) is not null;

    /// <summary>Begins to measure a command.</summary>
    public MeasuredOperation Command(ChatCommand command) => new(ChatInstruments.CommandDuration, schemaId, command.Name, timeProvider);

    /// <summary>The session is live. Its end may have been told already, by another thread.</summary>
    public void Begin()
    {
        ChatInstruments.ActiveSessions.Add(1, Tag(ChatTags.Schema, schemaId));
        if (Interlocked.Or(ref _phases, Begun) == Ended)
        {
            Close();
        }
    }

    /// <summary>The session is live no more; the first of several reasons counts.</summary>
    public void End(SessionEnd end)
    {
        Interlocked.CompareExchange(ref _end, (int)end, NoEnd);
        if (Interlocked.Or(ref _phases, Ended) == Begun)
        {
            Close();
        }

        EndOutage("over");
    }

    /// <summary>An event was raised.</summary>
    public void Raised(ChatEvent chatEvent) => ChatInstruments.Events.Add(
        1, Tag(ChatTags.Schema, schemaId), Tag(ChatTags.EventType, chatEvent.EventType.Name), Tag(ChatTags.Restored, chatEvent.Restored));

    /// <summary>An event was a double.</summary>
    public void Dropped(ChatEvent chatEvent) => ChatInstruments.Doubles.Add(
        1, Tag(ChatTags.Schema, schemaId), Tag(ChatTags.EventType, chatEvent.EventType.Name));

    /// <summary>Something went wrong outside any call.</summary>
    public void Failed(ChatException exception) => ChatInstruments.Errors.Add(
        1, Tag(ChatTags.Schema, schemaId), Tag(ChatTags.ErrorType, ChatTags.ErrorTypeOf(exception)));

    /// <summary>The connection is lost.</summary>
    public void Interrupted() => Interlocked.CompareExchange(ref _outage, new Outage(timeProvider.GetTimestamp(), timeProvider.GetUtcNow()), null);

    /// <summary>The connection is back.</summary>
    public void Continued() => EndOutage("continued");

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    private static string NameOf(SessionEnd end) => end switch
    {
        SessionEnd.Ended => "ended",
        SessionEnd.Lost => "lost",
        SessionEnd.Left => "left",
        _ => "disposed",
    };

    private void Close()
    {
        ChatInstruments.ActiveSessions.Add(-1, Tag(ChatTags.Schema, schemaId));
        ChatInstruments.ClosedSessions.Add(1, Tag(ChatTags.Schema, schemaId), Tag(ChatTags.End, NameOf((SessionEnd)_end)));
    }

    private void EndOutage(string outcome)
    {
        if (Interlocked.Exchange(ref _outage, null) is not { } outage)
        {
            return;
        }

        TimeSpan duration = timeProvider.GetElapsedTime(outage.Timestamp);
        var tags = new TagList { { ChatTags.Schema, schemaId }, { ChatTags.Outcome, outcome } };
        ChatInstruments.InterruptionDuration.Record(duration.TotalSeconds, tags);
        if (ChatTelemetry.Source.HasListeners())
        {
            // Made at its end, since what happens meanwhile is not caused by it. Nobody's child: whoever tells of the end is not its cause either.
            Activity? current = Activity.Current;
            Activity.Current = null;
            ChatTelemetry.Source.StartActivity("chat interruption", ActivityKind.Internal, default(ActivityContext), tags, startTime: outage.Begun)
                ?.SetEndTime((outage.Begun + duration).UtcDateTime).Dispose();
            Activity.Current = current;
        }
    }

    private sealed record Outage(long Timestamp, DateTimeOffset Begun);
}
