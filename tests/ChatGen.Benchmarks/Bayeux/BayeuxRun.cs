using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatGen.Benchmarks.Bayeux;

/// <summary>
/// Our client beside the CometD project's own for JavaScript and a bare probe, on the same servers from npm. Each is a process of its own; they take turns,
/// in a new order each round.
/// </summary>
internal sealed class BayeuxRun(int rounds)
{
    // What takes a moment has more turns in a round than one, for from turn to turn its ratio varies by a half.
    private const int TurnsOfMoments = 10;
    private const int TurnsOfSeconds = 5;

    private static readonly string s_folder = FindFolder();
    private readonly Random _random = new(1);

    /// <summary>Measures and prints.</summary>
    /// <param name="rounds">How many turns each contestant has.</param>
    /// <param name="memoryAlone">Whether to measure only what other work on the machine hardly changes.</param>
    public static async Task PrintAsync(int rounds, bool memoryAlone)
    {
        if (!Directory.Exists(Path.Combine(s_folder, "node_modules")))
        {
            using Process npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = s_folder })!;
            await npm.WaitForExitAsync();
        }

        var run = new BayeuxRun(rounds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rounds} rounds; medians, and in parentheses the ratio to the probe in the same turn, median and middle half of the turns"));
        foreach ((string server, string transport) in ((string, string)[])[("cometd", "long-polling"), ("faye", "long-polling"), ("faye", "websocket")])
        {
            Console.WriteLine();
            Console.WriteLine($"{(server == "cometd" ? "cometd-nodejs-server" : server)}, {transport}");
            await (memoryAlone ? run.MeasureAllocationAsync(server, transport) : run.MeasureTimesAsync(server, transport));
            await run.MeasureIdleAsync(server, transport);
        }
    }

    private async Task MeasureAllocationAsync(string server, string transport)
    {
        using Process process = StartServer(server, out string url);
        Contestant[] contestants = [.. Contestants(url, transport).Take(2)];
        foreach (Contestant contestant in contestants)
        {
            await contestant.RunAsync("connect");
            await contestant.RunAsync("stream 20000");
        }

        await CompareAsync(contestants, "stream of 20,000", "stream 20000", rounds * TurnsOfSeconds, ("bytes", "B", 0));
        Array.ForEach(contestants, static contestant => contestant.Dispose());
        process.Kill();
    }

    private async Task MeasureTimesAsync(string server, string transport)
    {
        using Process process = StartServer(server, out string url);
        Contestant[] contestants = [.. Contestants(url, transport)];
        foreach (Contestant contestant in contestants)
        {
            await contestant.RunAsync("connect");

            // So that what is compiled while it runs is compiled by now.
            await contestant.RunAsync("echo 2000");
            await contestant.RunAsync("publish 3000");
            await contestant.RunAsync("stream 5000");
        }

        await CompareAsync(contestants, "round trip", "echo 300", rounds * TurnsOfMoments, ("p50", "ms", 3), ("p99", "ms", 1), ("perSecond", "/s", 0), ("cpuPerThousand", "ms CPU/1000", 0), ("bytes", "B", 0));
        await CompareAsync(contestants, "stream of 20,000", "stream 20000", rounds * TurnsOfSeconds, ("perSecond", "/s", 0), ("cpuPerThousand", "ms CPU/1000", 1), ("bytes", "B", 0));
        await CompareAsync(contestants, "3,000 publishes", "publish 3000", rounds * TurnsOfSeconds, ("perSecond", "/s", 0), ("acknowledged", "acked", 0), ("bytes", "B", 0));
        await CompareAsync(contestants, "3,000 in a batch", "batch 3000", rounds * TurnsOfSeconds, ("perSecond", "/s", 0), ("acknowledged", "acked", 0));
        await CompareAsync(contestants, "50 sessions", "crowd 20", rounds * TurnsOfSeconds, ("p50", "ms", 2), ("p99", "ms", 1), ("perSecond", "/s", 0), ("cpuPerThousand", "ms CPU/1000", 0));
        Array.ForEach(contestants, static contestant => contestant.Dispose());
        process.Kill();
    }

    private async Task MeasureIdleAsync(string server, string transport)
    {
        // Memory is compared between processes that have done nothing else.
        using Process other = StartServer(server, out string otherUrl);
        Contestant[] idle = [.. Contestants(otherUrl, transport)];
        // Connecting a thousand sessions twice in a process would compare the second thousand with the first.
        await CompareAsync(idle, "1,000 idle sessions", "idle 1000", 1, ("residentMegabytes", "MB RSS", 0), ("heapKilobytesEach", "kB heap each", 1), ("cpuPerSecond", "ms CPU/s", 1));
        Array.ForEach(idle, static contestant => contestant.Dispose());
        other.Kill();
    }

    private static IEnumerable<Contestant> Contestants(string url, string transport)
    {
        string program = Environment.ProcessPath!;
        yield return new Contestant("probe", new ProcessStartInfo(program, ["bayeux-contestant", "probe", url, transport]));
        yield return new Contestant("ChatGen", new ProcessStartInfo(program, ["bayeux-contestant", "chatgen", url, transport]));
        yield return new Contestant("JavaScript", new ProcessStartInfo("node", ["--expose-gc", "benchmark-client.js", url, transport]) { WorkingDirectory = s_folder });
    }

    private async Task CompareAsync(Contestant[] contestants, string what, string command, int turns, params (string Member, string Unit, int Digits)[] columns)
    {
        var results = contestants.ToDictionary(static contestant => contestant.Name, static _ => new List<JsonObject>());
        for (int turn = 0; turn < turns; turn++)
        {
            foreach (Contestant contestant in contestants.OrderBy(_ => _random.Next()))
            {
                results[contestant.Name].Add(await contestant.RunAsync(command));
            }
        }

        Console.WriteLine(what);
        foreach (Contestant contestant in contestants)
        {
            IEnumerable<string> cells = columns.Select(column => Cell(results[contestant.Name], results["probe"], column));
            Console.WriteLine($"  {contestant.Name,-11}{string.Concat(cells.Select(static cell => cell.PadLeft(40)))}");
        }
    }

    private static string Cell(List<JsonObject> own, List<JsonObject> probe, (string Member, string Unit, int Digits) column)
    {
        if (own[0][column.Member] is null)
        {
            return "";
        }

        double value = Quantile(own.Select(result => (double)result[column.Member]!), 0.5);
        double[] ratios = [.. own.Zip(probe, (one, other) => (double)one[column.Member]! / (double)other[column.Member]!)];
        string spread = own.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {Quantile(ratios, 0.25):0.00} - {Quantile(ratios, 0.75):0.00}");
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(value, column.Digits)} {column.Unit} ({Quantile(ratios, 0.5):0.00}{spread})");
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        double[] ordered = [.. values.Order()];
        return ordered[(int)(share * (ordered.Length - 1))];
    }

    private static Process StartServer(string server, out string url)
    {
        Process process = Process.Start(new ProcessStartInfo("node", ["benchmark-server.js", server])
        {
            WorkingDirectory = s_folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        int port = (int)JsonNode.Parse(process.StandardOutput.ReadLine()!)!["port"]!;
        url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/cometd");
        return process;
    }

    private static string FindFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "tests", "interop-servers");
            if (File.Exists(Path.Combine(candidate, "benchmark-server.js")))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException("tests/interop-servers is not above the program.");
    }
}
