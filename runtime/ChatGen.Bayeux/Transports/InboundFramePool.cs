using System.Collections.Concurrent;

namespace ChatGen.Bayeux.Transports;

/// <summary>Frames that are not in use, for all clients.</summary>
internal static class InboundFramePool
{
    private const int MaxIdle = 64;

    // The list of a frame with very many messages is not worth keeping.
    private const int MaxKeptMessages = 64;
    private static readonly ConcurrentQueue<InboundFrame> Idle = new();

    public static InboundFrame Take(IBayeuxTransport transport)
    {
        if (!Idle.TryDequeue(out InboundFrame? frame))
        {
            frame = new InboundFrame();
        }

        frame.Begin(transport);
        return frame;
    }

    public static void Return(InboundFrame frame)
    {
        if (Idle.Count < MaxIdle && frame.Messages.Capacity <= MaxKeptMessages)
        {
            Idle.Enqueue(frame);
        }
    }
}
