using System.Collections.Concurrent;
using System.Diagnostics;
using ChatGen.Fuzz.Tests.Oracles;
using Xunit;

namespace ChatGen.Fuzz.Tests;

/// <summary>Checks many documents on all cores.</summary>
internal sealed class FuzzRun
{
    // What a host of the compiler gives to a thread: what needs more would take the compiler down.
    private const int StackSize = 1024 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly ConcurrentDictionary<string, (int Number, string Text, string Problem)> _failures = new();
    private readonly ConcurrentDictionary<int, int> _current = new();
    private int _next = -1;

    private FuzzRun()
    {
    }

    /// <summary>Checks documents number 0 to <paramref name="count"/>; throws with the smallest failing document of each kind.</summary>
    /// <param name="count">How many.</param>
    /// <param name="create">Makes one.</param>
    /// <param name="check">Says what is wrong with one; the kind stands in front of the first colon.</param>
    /// <param name="print">Takes a line on how it went.</param>
    /// <param name="minimize">Makes a failing document smaller, given what was found wrong, a form feed and the text.</param>
    public static void Check(int count, Func<int, string> create, Func<int, string, string?> check, Action<string> print, Func<string, string>? minimize = null)
    {
        var run = new FuzzRun();
        var watch = Stopwatch.StartNew();
        Thread[] workers = [.. Enumerable.Range(0, FuzzSettings.Workers).Select(worker => new Thread(() => run.Work(worker, count, create, check), StackSize) { IsBackground = true })];
        Array.ForEach(workers, worker => worker.Start());
        int last = -1;
        foreach (Thread worker in workers)
        {
            while (!worker.Join(s_patience))
            {
                Assert.True(run._next != last, $"Seed {FuzzSettings.Seed}: no document was finished for {s_patience}; at work were the documents {string.Join(", ", run._current.Values)}.");
                last = run._next;
            }
        }

        print($"{count} documents of seed {FuzzSettings.Seed} in {watch.Elapsed.TotalSeconds:0.0} s, {count / watch.Elapsed.TotalSeconds:0} a second on {FuzzSettings.Workers} cores.");
        Assert.True(run._failures.IsEmpty, string.Join("\n\n", run._failures.OrderBy(pair => pair.Key, StringComparer.Ordinal).Take(8).Select(pair =>
            $"Seed {FuzzSettings.Seed}, document {pair.Value.Number}: {pair.Value.Problem.Split('\f')[0]}\n{minimize?.Invoke(pair.Value.Problem) ?? Minimizer.Minimize(pair.Value.Text, text => check(pair.Value.Number, text))}")));
    }

    private void Work(int worker, int count, Func<int, string> create, Func<int, string, string?> check)
    {
        while (Interlocked.Increment(ref _next) is int number && number < count && _failures.Count < 20)
        {
            _current[worker] = number;
            string text = create(number);
            if (check(number, text) is { } problem)
            {
                _failures.TryAdd(problem.Split(':')[0], (number, text, problem));
            }
        }
    }
}
