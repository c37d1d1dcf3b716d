using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.SalesforceLiveAgent;

/// <summary>The numbers of a client's POST requests. Guarded by the emulator's lock.</summary>
internal sealed class LiveAgentSequence
{
    private readonly Dictionary<long, Post> _posts = [];
    private long _highest;

    /// <summary>Notes a number that a request has used whose answer a test has replaced, so that the client may go on after it or repeat it.</summary>
    public void Note(long number) => _highest = Math.Max(_highest, number);

    /// <summary>Judges a number, and remembers it.</summary>
    /// <param name="number">The number.</param>
    /// <param name="request">The request.</param>
    /// <param name="earlier">How the same request was answered before; <see langword="null"/> if it was not.</param>
    public LiveAgentSequenceVerdict Judge(long number, EmulatorRequest request, out SentAnswer? earlier)
    {
        earlier = null;
        if (_posts.TryGetValue(number, out Post? post))
        {
            bool isSame = post.Request.Path == request.Path && post.Request.Body.Span.SequenceEqual(request.Body.Span);
            earlier = post.Sent;
            return isSame ? LiveAgentSequenceVerdict.Duplicate : LiveAgentSequenceVerdict.Wrong;
        }

        if (number < 1 || number > _highest + 1)
        {
            return LiveAgentSequenceVerdict.Wrong;
        }

        _highest = Math.Max(_highest, number);
        _posts[number] = new Post(request);
        return LiveAgentSequenceVerdict.New;
    }

    public void NoteSent(long number, SentAnswer sent)
    {
        if (_posts.TryGetValue(number, out Post? post))
        {
            post.Sent = sent;
        }
    }

    public void Reset()
    {
        _posts.Clear();
        _highest = 0;
    }

    private sealed record Post(EmulatorRequest Request)
    {
        public SentAnswer? Sent { get; set; }
    }
}
