using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ChatGen.Farm.Tests;

/// <summary>What a chat costs a node and Redis, printed. An ordinary run holds a few chats, to see that all of it can be measured; numbers to go by take a thousand of them and half a minute of silence.</summary>
public sealed class CostTests(ITestOutputHelper output)
{
    /// <summary>Environment variable <c>CHATGEN_FARM_CHATS</c>.</summary>
    private static readonly int s_chats = int.TryParse(Environment.GetEnvironmentVariable("CHATGEN_FARM_CHATS"), NumberStyles.None, CultureInfo.InvariantCulture, out int chats) ? chats : 20;

    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(s_chats >= 100 ? 30 : 2);

    [Fact]
    public async Task A_node_holds_all_chats_that_are_started_at_it_until_it_stops_and_tells_what_they_cost()
    {
        await using Farm farm = await Farm.StartAsync(1);
        FarmNode node = farm.Nodes[0];
        // What only the first chats cost is not theirs.
        await EnterAsync(farm, "warm", 20);
        await Task.Delay(s_silence / 10, TestContext.Current.CancellationToken);
        NodeUsage before = await node.UseAsync(collect: true);
        long redisBefore = await RedisNumberAsync(farm, "INFO memory", "used_memory:");
        long begun = Stopwatch.GetTimestamp();
        await EnterAsync(farm, "chat", s_chats);
        double starting = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await Task.Delay(s_silence / 6, TestContext.Current.CancellationToken);
        NodeUsage after = await node.UseAsync(collect: true);
        long redisAfter = await RedisNumberAsync(farm, "INFO memory", "used_memory:");
        long scripts = await CallsAsync(farm);
        await Task.Delay(s_silence, TestContext.Current.CancellationToken);
        NodeUsage later = await node.UseAsync();
        long scriptsLater = await CallsAsync(farm);

        Print($"{after.Sessions - before.Sessions} chats, each with a stream, started in {starting:N1} s with {(after.ProcessorMilliseconds - before.ProcessorMilliseconds) / s_chats:N2} ms of the node's processor time each");
        Print($"heap of the node for each chat: {(after.HeapBytes - before.HeapBytes) / 1e3 / s_chats:N1} kB");
        Print($"resident memory of the node: {before.ResidentBytes / 1e6:N0} MB before, {after.ResidentBytes / 1e6:N0} MB after: {(after.ResidentBytes - before.ResidentBytes) / 1e3 / s_chats:N1} kB for each chat");
        Print($"processor time of the node while nobody says anything: {(later.ProcessorMilliseconds - after.ProcessorMilliseconds) / s_silence.TotalSeconds:N1} ms/s");
        Print($"memory of Redis for each chat, entry and state: {(redisAfter - redisBefore) / (double)s_chats:N0} bytes");
        Print($"calls of Redis' scripts and commands meanwhile: {(scriptsLater - scripts) / s_silence.TotalSeconds:N1}/s");

        Assert.Equal(s_chats, after.Sessions - before.Sessions);
        Assert.True(redisAfter > redisBefore);
        begun = Stopwatch.GetTimestamp();
        await node.StopAsync();
        Print($"the node let go of all of them and stopped in {Stopwatch.GetElapsedTime(begun).TotalSeconds:N1} s");
    }

    private static async Task EnterAsync(Farm farm, string name, int count) =>
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) => await farm.EnterAsync($"{name}{i}"));

    private static async Task<long> CallsAsync(Farm farm)
    {
        long calls = 0;
        foreach (string line in (await AskAsync(farm, "INFO commandstats")).Split('\n').Where(line => line.StartsWith("cmdstat_evalsha", StringComparison.Ordinal) || line.StartsWith("cmdstat_h", StringComparison.Ordinal)))
        {
            calls += long.Parse(line.Split("calls=")[1].Split(',')[0], CultureInfo.InvariantCulture);
        }

        return calls;
    }

    private static async Task<long> RedisNumberAsync(Farm farm, string command, string name) =>
        long.Parse((await AskAsync(farm, command)).Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..], CultureInfo.InvariantCulture);

    private static async Task<string> AskAsync(Farm farm, string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", farm.Redis.Port, TestContext.Current.CancellationToken);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\nQUIT\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private void Print(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
