namespace WebChat.Client.Conversations;

/// <summary>Tells when somebody begins to type, and when they have stopped: after a pause, or because nothing is left to send.</summary>
internal sealed class TypingNotice : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(3);

    private readonly Func<bool, Task> _tell;
    private readonly ITimer _timer;
    private bool _isTyping;

    public TypingNotice(TimeProvider timeProvider, Func<bool, Task> tell)
    {
        _tell = tell;
        _timer = timeProvider.CreateTimer(_ => Change(false), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The text in the box has changed.</summary>
    public void Type(string text)
    {
        Change(text.Length > 0);
        _timer.Change(_isTyping ? s_pause : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private void Change(bool isTyping)
    {
        if (_isTyping != isTyping)
        {
            _isTyping = isTyping;
            _ = _tell(isTyping);
        }
    }
}
