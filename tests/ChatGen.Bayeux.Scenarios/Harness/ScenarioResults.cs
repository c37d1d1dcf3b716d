using System.Collections.Concurrent;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Harness;

/// <summary>What came of the scenarios in this run.</summary>
internal static class ScenarioResults
{
    private static readonly ConcurrentQueue<(Type Class, string Test, Against Column, TestResult? Result)> s_results = new();

    public static void Add(Type testClass, string test, Against column, TestResult? result) => s_results.Enqueue((testClass, test, column, result));

    /// <summary>The results of one test in one column, a result a case.</summary>
    public static TestResult?[] Of(Type testClass, string test, Against column) =>
        [.. s_results.Where(each => each.Class == testClass && each.Test == test && each.Column == column).Select(static each => each.Result)];
}
