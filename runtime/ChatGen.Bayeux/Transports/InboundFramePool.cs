using System.Collections.Concurrent;

namespace ChatGen.Bayeux.Transports;

/// <summary>Frames of one client that are not in use.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class InboundFramePool
{
    private const int MaxIdle = 8;

    // The list of a frame with very many messages is not worth keeping.
    private const int MaxKeptMessages = 64;
    private readonly ConcurrentQueue<InboundFrame> _idle = new();

    public InboundFrame Take(IBayeuxTransport transport)
    {
        if (!_idle.TryDequeue(out InboundFrame? frame))
        {
            frame = new InboundFrame(this);
        }

        frame.Begin(transport);
        return frame;
    }

    public void Return(InboundFrame frame)
    {
        if (_idle.Count < MaxIdle && frame.Messages.Capacity <= MaxKeptMessages)
        {
            _idle.Enqueue(frame);
        }
    }
}
