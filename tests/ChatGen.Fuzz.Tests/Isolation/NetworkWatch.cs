using System.Diagnostics.Tracing;

namespace ChatGen.Fuzz.Tests.Isolation;

/// <summary>Sees every resolution of a host's name and every HTTP request of the process.</summary>
internal sealed class NetworkWatch : EventListener
{
    private int _events;

    public bool WasUsed() => Interlocked.Exchange(ref _events, 0) > 0;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is "System.Net.NameResolution" or "System.Net.Http")
        {
            EnableEvents(eventSource, EventLevel.LogAlways, EventKeywords.All);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => Interlocked.Increment(ref _events);
}
