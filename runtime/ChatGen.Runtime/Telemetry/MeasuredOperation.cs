using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ChatGen;

/// <summary>An operation under way: an activity, and a duration when it is disposed.</summary>
internal sealed class MeasuredOperation : IDisposable
{
    private readonly Histogram<double> _instrument;
    private readonly TimeProvider _timeProvider;
    private readonly Activity? _activity;
    private readonly long _begun;
    private TagList _tags;

    /// <param name="instrument">Takes the duration.</param>
    /// <param name="schemaId">The schema's id.</param>
    /// <param name="operation">The operation's name in the schema.</param>
    /// <param name="timeProvider">The clock.</param>
    public MeasuredOperation(Histogram<double> instrument, string schemaId, string operation, TimeProvider timeProvider)
    {
        _instrument = instrument;
        _timeProvider = timeProvider;
        _tags = new TagList { { ChatTags.Schema, schemaId }, { ChatTags.Operation, operation } };
        _begun = timeProvider.GetTimestamp();
        _activity = ChatTelemetry.Source.HasListeners()
            ? ChatTelemetry.Source.StartActivity($"chat {operation}", ActivityKind.Client, default(ActivityContext), _tags)
            : null;
    }

    public TimeSpan Elapsed => _timeProvider.GetElapsedTime(_begun);

    /// <summary>It has failed.</summary>
    public void Fail(Exception exception)
    {
        string errorType = ChatTags.ErrorTypeOf(exception);
        _tags.Add(ChatTags.ErrorType, errorType);

        // Without a description: that would be the backend's words.
        _activity?.SetTag(ChatTags.ErrorType, errorType).SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose()
    {
        _instrument.Record(Elapsed.TotalSeconds, _tags);
        _activity?.Dispose();
    }
}
