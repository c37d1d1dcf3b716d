using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.Testing.Tests.Clients;

/// <summary>Time that stands still until a test moves it, and that tells when the server holds a <c>/meta/connect</c>.</summary>
internal sealed class ConnectTimeProvider : FakeTimeProvider
{
    private readonly Channel<bool> _held = Channel.CreateUnbounded<bool>();

    public static TimeSpan ConnectTimeout { get; } = TimeSpan.FromSeconds(30);

    public static TimeSpan MaxInterval { get; } = TimeSpan.FromSeconds(10);

    public ChatBackendOptions Options => new() { TimeProvider = this, MetaConnectTimeout = ConnectTimeout, MaxInterval = MaxInterval };

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == ConnectTimeout)
        {
            _held.Writer.TryWrite(true);
        }

        return timer;
    }

    public async Task ConnectIsHeldAsync() => await _held.Reader.ReadAsync(Deadline.Token);
}
