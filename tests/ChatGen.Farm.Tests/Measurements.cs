using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ChatGen.Farm.Tests;

/// <summary>What a chat costs a node and Redis. It only prints: <c>dotnet run --project tests/ChatGen.Farm.Tests -- -explicit only -showLiveOutput</c>.</summary>
public sealed class Measurements(ITestOutputHelper output)
{
    private const int Chats = 1_000;

    [Fact(Explicit = true)]
    public async Task What_a_thousand_chats_cost()
    {
        await using Farm farm = await Farm.StartAsync(1);
        FarmNode node = farm.Nodes[0];
        // What only the first chats cost is not theirs.
        await EnterAsync(farm, "warm", 20);
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        NodeUsage before = await node.UseAsync(collect: true);
        long redisBefore = await RedisNumberAsync(farm, "INFO memory", "used_memory:");
        long begun = Stopwatch.GetTimestamp();
        await EnterAsync(farm, "chat", Chats);
        double starting = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        NodeUsage after = await node.UseAsync(collect: true);
        long redisAfter = await RedisNumberAsync(farm, "INFO memory", "used_memory:");
        long scripts = await CallsAsync(farm);
        await Task.Delay(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        NodeUsage later = await node.UseAsync();
        long scriptsLater = await CallsAsync(farm);

        Print($"{after.Sessions - before.Sessions} chats, each with a stream, started in {starting:N1} s with {(after.ProcessorMilliseconds - before.ProcessorMilliseconds) / Chats:N2} ms of the node's processor time each");
        Print($"heap of the node for each chat: {(after.HeapBytes - before.HeapBytes) / 1e3 / Chats:N1} kB");
        Print($"resident memory of the node: {before.ResidentBytes / 1e6:N0} MB before, {after.ResidentBytes / 1e6:N0} MB after: {(after.ResidentBytes - before.ResidentBytes) / 1e3 / Chats:N1} kB for each chat");
        Print($"processor time of the node while nobody says anything: {(later.ProcessorMilliseconds - after.ProcessorMilliseconds) / 30:N1} ms/s");
        Print($"memory of Redis for each chat, entry and state: {(redisAfter - redisBefore) / (double)Chats:N0} bytes");
        Print($"calls of Redis' scripts and commands in these 30 s: {(scriptsLater - scripts) / 30.0:N1}/s");

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
