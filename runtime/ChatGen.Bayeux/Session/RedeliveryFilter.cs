using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Session;

/// <summary>
/// Recognizes events that the server sends again because their acknowledgement was lost. What arrived since the last whole batch comes again in the same
/// order when the connect that would have acknowledged it has failed.
/// </summary>
/// <remarks>The session's loop alone uses it. It keeps digests, not events.</remarks>
internal sealed class RedeliveryFilter
{
    // A server that delivers so much without numbering it does not do so in batches that come again.
    private const int MaxEvents = 100_000;
    private readonly List<UInt128> _unacknowledged = [];
    private readonly Queue<UInt128> _expected = new();

    /// <summary>Whether anything is expected to come again.</summary>
    public bool ExpectsAny => _expected.Count > 0;

    /// <summary>A new session: nothing comes again.</summary>
    public void Reset()
    {
        _unacknowledged.Clear();
        _expected.Clear();
    }

    /// <summary>Everything that arrived so far will be acknowledged.</summary>
    public void OnBatchCompleted() => Reset();

    /// <summary>The connect has failed: what has arrived since the last whole batch will come again.</summary>
    public void OnConnectFailed()
    {
        UInt128[] rest = [.. _expected];
        _expected.Clear();
        foreach (UInt128 digest in _unacknowledged.Concat(rest))
        {
            _expected.Enqueue(digest);
        }

        _unacknowledged.Clear();
    }

    /// <summary>Takes note of an event, and says whether it was delivered before.</summary>
    public bool IsRedelivered(in BayeuxMessage message)
    {
        if (_unacknowledged.Count >= MaxEvents)
        {
            Reset();
        }

        UInt128 digest = DigestOf(message);
        _unacknowledged.Add(digest);
        if (!_expected.TryPeek(out UInt128 expected))
        {
            return false;
        }

        if (expected == digest)
        {
            _expected.Dequeue();
            return true;
        }

        // The server does not send again what was expected, so it has its own idea of what arrived.
        _expected.Clear();
        return false;
    }

    private static UInt128 DigestOf(in BayeuxMessage message)
    {
        int size = Encoding.UTF8.GetMaxByteCount(message.Channel.Length) + message.UnreadId.Length + message.Data.Length + 2;
        byte[] text = ArrayPool<byte>.Shared.Rent(size);
        int length = Encoding.UTF8.GetBytes(message.Channel, text);
        text[length++] = 0;
        message.UnreadId.Span.CopyTo(text.AsSpan(length));
        length += message.UnreadId.Length;
        text[length++] = 0;
        message.Data.Span.CopyTo(text.AsSpan(length));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text.AsSpan(0, length + message.Data.Length), digest);
        ArrayPool<byte>.Shared.Return(text);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
