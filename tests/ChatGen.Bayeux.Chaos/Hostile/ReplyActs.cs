namespace ChatGen.Bayeux.Chaos.Hostile;

/// <summary>Replies that are well-formed, and wrong in what they answer: what to send instead of what a good server would.</summary>
internal static class ReplyActs
{
    private const int Copies = 40;

    public static IReadOnlyList<(string Name, Func<string, string> Change, bool IsHarmless)> All { get; } =
    [
        ("a reply on another channel", static good => good.Replace("\"channel\":\"/", "\"channel\":\"/x/", StringComparison.Ordinal), false),
        ("a reply on a meta channel that is none", static good => OnChannel(good, "/meta/unheard"), false),
        ("a reply as to a subscribe", static good => OnChannel(good, "/meta/subscribe"), false),
        ("a reply as to a publish", static good => OnChannel(good, "/elsewhere"), false),
        ("a reply under another id", static good => good.Replace("\"id\":\"", "\"id\":\"x", StringComparison.Ordinal), false),
        ("the same reply many times", static good => Repeated(good), true),
        ("a reply without an id many times", static good => Repeated(WithoutId(good)), true),
        ("a reply, and the end of the session", static good => $"[{good[1..^1]},{{\"channel\":\"/meta/disconnect\",\"successful\":true}}]", true),
        ("a refusal without advice", static good => good.Replace("\"successful\":true", "\"successful\":false", StringComparison.Ordinal), false),
        ("a reply that is neither success nor failure", static good => good.Replace("\"successful\":true", "\"successful\":null", StringComparison.Ordinal), false),
        ("an acknowledgement that nobody asked for", static good => good.Replace("\"successful\":true", "\"successful\":true,\"ext\":{\"ack\":-9223372036854775808}", StringComparison.Ordinal), true),
        ("a promise of messages that do not come", static good => good.Replace("\"successful\":true", "\"successful\":true,\"x-messages\":2147483647", StringComparison.Ordinal), true),
    ];

    private static string OnChannel(string good, string channel)
    {
        const string Member = "\"channel\":\"";
        int start = good.IndexOf(Member, StringComparison.Ordinal) + Member.Length;
        return good[..start] + channel + good[good.IndexOf('"', start)..];
    }

    private static string WithoutId(string good)
    {
        int start = good.IndexOf("\"id\":", StringComparison.Ordinal);
        return good[..start] + good[(good.IndexOf(',', start) + 1)..];
    }

    private static string Repeated(string good) => $"[{string.Join(',', Enumerable.Repeat(good[1..^1], Copies))}]";
}
