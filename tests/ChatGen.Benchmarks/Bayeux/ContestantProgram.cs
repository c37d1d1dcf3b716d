using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatGen.Benchmarks.Bayeux;

/// <summary>The process of a contestant: one command a line, such as <c>echo 300</c>, answered with one line of JSON. <c>benchmark-client.js</c> is another.</summary>
internal sealed class ContestantProgram(Func<IContestant> create)
{
    private const int CrowdSize = 50;
    private readonly IContestant _single = create();
    private readonly List<IContestant> _crowd = [];
    private readonly List<IContestant> _idle = [];

    /// <summary>Runs until standard input ends.</summary>
    /// <param name="arguments">Who it is, the server's address, and the transport's name.</param>
    public static async Task RunAsync(string[] arguments)
    {
        var url = new Uri(arguments[1]);
        bool webSocket = arguments[2] == "websocket";
        var program = new ContestantProgram(() => arguments[0] == "probe" ? new ProbeContestant(url, webSocket) : new ChatGenContestant(url, webSocket));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            string[] words = line.Split(' ');
            JsonObject answer = await program.RunAsync(words[0], words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 0);
            Console.WriteLine(answer.ToJsonString());
        }
    }

    private async Task<JsonObject> RunAsync(string command, int count)
    {
        switch (command)
        {
            case "connect":
                await _single.ConnectAsync(prepareEcho: true);
                return [];
            case "echo":
                return await EchoAsync([_single], count);
            case "stream":
                return await MeasureAsync(count, async _ => await _single.StreamAsync(count));
            case "publish" or "batch":
                return await MeasureAsync(count, async result => result["acknowledged"] = await _single.PublishAsync(count, command == "batch"));
            case "crowd":
                if (_crowd.Count == 0)
                {
                    await FillAsync(_crowd, CrowdSize, prepareEcho: true);
                }

                return await EchoAsync(_crowd, count);
            case "idle":
                return await IdleAsync(count);
            default:
                throw new ArgumentException($"No command '{command}'.", nameof(command));
        }
    }

    private static async Task<JsonObject> EchoAsync(List<IContestant> contestants, int each)
    {
        double[][] times = [.. contestants.Select(_ => new double[each])];
        return await MeasureAsync(contestants.Count * each, async result =>
        {
            await Task.WhenAll(contestants.Select((contestant, number) => EchoAsync(contestant, times[number])));
            double[] ordered = [.. times.SelectMany(static time => time).Order()];
            result["p50"] = ordered[ordered.Length / 2];
            result["p99"] = ordered[(int)(0.99 * (ordered.Length - 1))];
        });
    }

    private static async Task EchoAsync(IContestant contestant, double[] times)
    {
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await contestant.EchoAsync();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }

    private static async Task<JsonObject> MeasureAsync(int count, Func<JsonObject, Task> work)
    {
        var result = new JsonObject();
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await work(result);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        result["perSecond"] = count / seconds;
        result["cpuPerThousand"] = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds * 1000 / count;
        result["bytes"] = (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)count;
        return result;
    }

    private async Task<JsonObject> IdleAsync(int count)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await FillAsync(_idle, count, prepareEcho: false);
        await Task.Delay(TimeSpan.FromSeconds(2));
        long heap = GC.GetTotalMemory(forceFullCollection: true) - before;
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        await Task.Delay(TimeSpan.FromSeconds(5));
        return new JsonObject
        {
            ["residentMegabytes"] = Process.GetCurrentProcess().WorkingSet64 / 1e6,
            ["heapKilobytesEach"] = heap / 1e3 / count,
            ["cpuPerSecond"] = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / 5,
        };
    }

    private async Task FillAsync(List<IContestant> contestants, int count, bool prepareEcho)
    {
        const int AtOnce = 50;
        while (contestants.Count < count)
        {
            IContestant[] some = [.. Enumerable.Range(0, Math.Min(AtOnce, count - contestants.Count)).Select(_ => create())];
            await Task.WhenAll(some.Select(contestant => contestant.ConnectAsync(prepareEcho)));
            contestants.AddRange(some);
        }
    }
}
