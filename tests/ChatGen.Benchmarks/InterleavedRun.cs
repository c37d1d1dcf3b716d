using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace ChatGen.Benchmarks;

/// <summary>
/// Runs the benchmarks of a class in turns of about a millisecond, many rounds, so that whatever else the machine does falls on all of them alike,
/// and prints their times as ratios to the first. A ratio is taken within a round.
/// </summary>
internal static class InterleavedRun
{
    private const int Rounds = 200;
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(1);

    /// <summary>Measures and prints.</summary>
    /// <param name="title">What is measured.</param>
    /// <param name="instance">Has the benchmarks.</param>
    /// <param name="second">A benchmark that ratios are also taken to; the first if absent.</param>
    public static void Of<T>(string title, T instance, string? second = null)
        where T : class
    {
        List<Case> cases = [.. typeof(T).GetMethods().Select(method => Create(instance, method)).OfType<Case>()];
        foreach (Case each in cases)
        {
            each.Prepare(s_turn);
        }

        // A new order each round: nobody always runs after the same neighbour.
        var random = new Random(1);
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Case each in cases.OrderBy(_ => random.Next()))
            {
                each.Times.Add(each.Measure());
            }
        }

        Print(title, cases, second is null ? cases[0] : cases.Single(each => each.Name == Name(second)));
    }

    private static void Print(string title, List<Case> cases, Case second)
    {
        int width = cases.Max(each => each.Name.Length);
        Console.WriteLine();
        Console.WriteLine($"{title}: {Rounds} rounds, ratios to '{cases[0].Name}'{(second == cases[0] ? "" : $" and to '{second.Name}'")}");
        Console.WriteLine($"{"".PadRight(width)}  min ns  median ns   ratio  (middle half)   min/min      B{(second == cases[0] ? "" : "  second ratio  (middle half)")}");
        foreach (Case each in cases)
        {
            double[] ratios = Ratios(each, cases[0]);
            string others = second == cases[0] ? "" : string.Create(CultureInfo.InvariantCulture, $" {Quantile(Ratios(each, second), 0.5),13:0.00}  ({Quantile(Ratios(each, second), 0.25),5:0.00} - {Quantile(Ratios(each, second), 0.75),5:0.00})");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{each.Name.PadRight(width)} {each.Times.Min(),7:0.0} {Quantile([.. each.Times.Order()], 0.5),10:0.0} {Quantile(ratios, 0.5),7:0.00}  ({Quantile(ratios, 0.25),5:0.00} - {Quantile(ratios, 0.75),5:0.00}) {each.Times.Min() / cases[0].Times.Min(),9:0.00} {each.Bytes,6:0}{others}"));
        }
    }

    private static double[] Ratios(Case each, Case other) => [.. each.Times.Zip(other.Times, (time, its) => time / its).Order()];

    private static string Name(string method) => method.Replace('_', ' ');

    private static double Quantile(double[] ordered, double share) => ordered[(int)(share * (ordered.Length - 1))];

    private static Case? Create(object instance, MethodInfo method)
    {
        BenchmarkAttribute? attribute = method.GetCustomAttribute<BenchmarkAttribute>();
        return attribute is null ? null : new Case(Name(method.Name), attribute.OperationsPerInvoke, method.ReturnType == typeof(int)
            ? Repeat(method.CreateDelegate<Func<int>>(instance))
            : Repeat(method.CreateDelegate<Func<object>>(instance)));
    }

    private static Action<int> Repeat<T>(Func<T> run) => times =>
    {
        for (int i = 0; i < times; i++)
        {
            run();
        }
    };

    private sealed class Case(string name, int operations, Action<int> run)
    {
        private int _times = 1;

        public string Name { get; } = name;

        public List<double> Times { get; } = [];

        public double Bytes { get; private set; }

        /// <summary>Runs until the method has reached its last tier, and finds how often it runs in a turn.</summary>
        public void Prepare(TimeSpan turn)
        {
            var watch = Stopwatch.StartNew();
            while (watch.ElapsedMilliseconds < 600)
            {
                run(20);
                if (watch.ElapsedMilliseconds % 100 == 0)
                {
                    // The compiler of the last tier needs a moment without new methods.
                    Thread.Sleep(20);
                }
            }

            do
            {
                _times *= 2;
                watch.Restart();
                run(_times);
            }
            while (watch.Elapsed < turn);

            long before = GC.GetAllocatedBytesForCurrentThread();
            run(100);
            Bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (100.0 * operations);
        }

        public double Measure()
        {
            long start = Stopwatch.GetTimestamp();
            run(_times);
            return Stopwatch.GetElapsedTime(start).TotalNanoseconds / ((double)_times * operations);
        }
    }
}
