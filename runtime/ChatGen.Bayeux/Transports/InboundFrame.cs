using System.Buffers;
using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Session;

namespace ChatGen.Bayeux.Transports;

/// <summary>One response or WebSocket message, and what was read from it. Its memory is borrowed: what is kept of it beyond the work on it is copied.</summary>
internal sealed class InboundFrame : SessionWork, IBufferWriter<byte>
{
    private byte[] _buffer = [];

    /// <summary>The messages, in order.</summary>
    public List<BayeuxMessage> Messages { get; } = [];

    public IBayeuxTransport? Transport { get; private set; }

    /// <summary>The batch that this is the whole answer to; <see langword="null"/> where replies are matched by their ids alone.</summary>
    public OutboundBatch? Answered { get; set; }

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Text => _buffer.AsMemory(0, Length);

    /// <summary>Makes the frame ready for another use.</summary>
    public void Begin(IBayeuxTransport transport)
    {
        Transport = transport;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        int needed = Length + Math.Max(sizeHint, 1);
        if (needed > _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _buffer.Length * 2));
            _buffer.AsSpan(0, Length).CopyTo(larger);
            Return();
            _buffer = larger;
        }

        return _buffer.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Advance(int count) => Length += count;

    /// <summary>Gives the frame back when the work on it is done.</summary>
    public void Release()
    {
        Return();
        _buffer = [];
        Length = 0;
        Messages.Clear();
        Transport = null;
        Answered = null;
        InboundFramePool.Return(this);
    }

    private void Return()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
