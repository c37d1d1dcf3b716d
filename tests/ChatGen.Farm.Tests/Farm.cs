using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChatGen.Testing;
using ChatGen.Tests.Shared;

namespace ChatGen.Farm.Tests;

/// <summary>Some nodes, one Redis and one backend.</summary>
internal sealed class Farm : IAsyncDisposable
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(3);

    private readonly List<Visitor> _visitors = [];

    private Farm(RedisServer redis, ChatBackend backend)
    {
        Redis = redis;
        Backend = backend;
    }

    public RedisServer Redis { get; }

    public ChatBackend Backend { get; }

    public List<FarmNode> Nodes { get; } = [];

    /// <summary>Starts a farm.</summary>
    /// <param name="nodes">How many nodes.</param>
    /// <param name="isPersistent">Whether Redis keeps its data when it is killed.</param>
    /// <param name="skews">By how much the clocks of the nodes are wrong.</param>
    public static async Task<Farm> StartAsync(int nodes, bool isPersistent = false, params TimeSpan[] skews)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has none of the signals that nodes are stopped by.");
        RedisServer redis = await RedisServer.StartAsync(isPersistent);
        var farm = new Farm(redis, await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }));
        for (int i = 0; i < nodes; i++)
        {
            string skew = ((long)(i < skews.Length ? skews[i] : TimeSpan.Zero).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            string lease = ((long)s_lease.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            farm.Nodes.Add(new FarmNode(FreePort(), ["--redis", redis.Address, "--backend", farm.Backend.CometDUrl.ToString(), "--lease", lease, "--hold", "100", "--skew", skew]));
        }

        // The first one makes the keys of Data Protection, which the others find; Redis' quarantine passes meanwhile.
        await farm.Nodes[0].StartAsync();
        using (var visitor = new Visitor(farm, "first", new Random(0)))
        {
            await visitor.ArriveAsync();
        }

        await Task.WhenAll(farm.Nodes.Skip(1).Select(node => node.StartAsync()));
        return farm;
    }

    /// <summary>A visitor who has started a chat and reads it.</summary>
    public async Task<Visitor> EnterAsync(string name, bool hasAffinity = true)
    {
        var visitor = new Visitor(this, name, new Random(_visitors.Count)) { HasAffinity = hasAffinity };
        lock (_visitors)
        {
            _visitors.Add(visitor);
        }

        await visitor.ArriveAsync();
        await visitor.StartChatAsync();
        visitor.Listen();
        return visitor;
    }

    public ChatBackendSession SessionOf(Visitor visitor) => Assert.Single(Backend.Sessions, session => session.Username == visitor.Name);

    /// <summary>Everything that was said is in the transcript once, and the visitor has seen the transcript, in its order and no entry twice.</summary>
    public async Task AssertNothingLostOrDoubledAsync(Visitor visitor)
    {
        string[] Transcript() => [.. SessionOf(visitor).Transcript.Where(entry => (string?)entry["type"] == "MessageReceived").Select(entry => (string)entry["content"]!["text"]!)];
        string[] Seen() => [.. visitor.Seen.Select(message => message.Text)];
        DateTime until = DateTime.UtcNow.AddSeconds(20);
        while (Seen().Length < Transcript().Length && DateTime.UtcNow < until)
        {
            await Task.Delay(50);
        }

        // What comes twice comes soon after.
        await Task.Delay(200);
        string[] transcript = Transcript();
        Assert.Equal(visitor.Said.Order(StringComparer.Ordinal), transcript.Where(text => text.StartsWith("v-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.True(transcript.SequenceEqual(Seen()), $"{visitor.Name} saw {string.Join(' ', Seen())} of {string.Join(' ', transcript)}. {Diary()}");
        Assert.Empty(visitor.Problems);
    }

    /// <summary>Fails with what the nodes have written.</summary>
    public string Diary() => string.Join('\n', Nodes.Select(node => $"{node.Url}: {node.Output}"));

    public async ValueTask DisposeAsync()
    {
        foreach (Visitor visitor in _visitors)
        {
            visitor.Dispose();
        }

        foreach (FarmNode node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Backend.DisposeAsync();
        await Redis.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
