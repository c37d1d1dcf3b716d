using System.Globalization;
using System.Reflection;
using System.Text;
using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Catalog;

/// <summary>The page of what was played against what, made of this run's results.</summary>
internal sealed class ScenarioTable
{
    private const string Introduction = """
        # Scenarios of the Bayeux client

        What the client was put through, and with which servers. This page is written by the run of `tests/ChatGen.Bayeux.Scenarios` out of its
        results, and the run fails if they differ from the page (`CHATGEN_WRITE_SCENARIOS=1` writes it anew).

        Most scenarios bear the names that the CometD project gives them in the tests of its own clients. The servers are one of ours that does
        to the letter what a scenario asks for, and two that are not ours: [cometd-nodejs-server](https://www.npmjs.com/package/cometd-nodejs-server),
        which has no WebSocket, and [faye](https://www.npmjs.com/package/faye). Where a scenario needs an accident that a server does not
        have by itself, such as a lost reply, our server stands between and has it; all else is answered by the real one.

        """;

    private readonly StringBuilder _page = new();
    private readonly List<string> _reasons = [];

    private ScenarioTable()
    {
    }

    /// <summary>Every test of a scenario, in the order of the catalog.</summary>
    public static IReadOnlyList<MethodInfo> Tests { get; } =
    [
        .. typeof(ScenarioTable).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods())
            .Where(static method => method.IsDefined(typeof(ScenarioAttribute)))
            .OrderBy(static test => test.Name, StringComparer.Ordinal),
    ];

    public static string NameOf(MethodInfo test) => test.GetCustomAttribute<ScenarioAttribute>()!.Name;

    /// <summary>Tests and columns that have no result in this run.</summary>
    public static IEnumerable<string> Missing() =>
        from test in Tests
        from column in ScenarioAttribute.ColumnsOf(test)
        where ScenarioResults.Of(test.DeclaringType!, test.Name, column) is var results
            && (results.Length < ScenarioAttribute.CasesOf(test).Count || results.Contains(TestResult.Skipped))
        select $"{test.Name} {column}";

    /// <summary>The page.</summary>
    public static string Write()
    {
        var table = new ScenarioTable();
        table.Line(Introduction);
        table.WriteGroups();
        table.WriteReasons();
        table.WriteUntested();
        return table._page.ToString();
    }

    private void WriteGroups()
    {
        foreach (ScenarioGroup group in ScenarioCatalog.Groups)
        {
            Line($"## {group.Title}").Line("");
            Line($"| scenario | {string.Join(" | ", AgainstExtensions.Columns.Select(static column => $"{column.Title().Server}<br>{column.Title().Transport}"))} |");
            Line($"|---|{string.Concat(AgainstExtensions.Columns.Select(static _ => ":-:|"))}");
            foreach (MethodInfo test in group.Names.SelectMany(static name => Tests.Where(test => NameOf(test) == name)))
            {
                Line($"| {Title(test)} | {string.Join(" | ", AgainstExtensions.Columns.Select(column => Cell(test, column)))} |");
            }

            Line("");
        }
    }

    private void WriteReasons()
    {
        Line("## Why a cell is empty").Line("");
        for (int index = 0; index < _reasons.Count; index++)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {_reasons[index]}"));
        }

        Line("");
    }

    private void WriteUntested()
    {
        Line("## Scenarios that are not in the table").Line("");
        foreach (string name in ScenarioCatalog.Groups.SelectMany(static group => group.Names).Where(ScenarioCatalog.Reasons.ContainsKey))
        {
            Line($"- **{name}**: {ScenarioCatalog.Reasons[name]}");
        }
    }

    private static string Title(MethodInfo test)
    {
        string name = NameOf(test);
        string rest = test.Name[name.Length..].Replace('_', ' ');
        int cases = ScenarioAttribute.CasesOf(test).Count;
        return string.Create(CultureInfo.InvariantCulture, $"**{name}**{rest}{(cases > 1 ? $" ({cases} cases)" : "")}");
    }

    private string Cell(MethodInfo test, Against column)
    {
        if (test.GetCustomAttributes<NotAgainstAttribute>().FirstOrDefault(except => except.Columns.HasFlag(column)) is { } except)
        {
            int index = _reasons.IndexOf(except.Reason);
            if (index < 0)
            {
                index = _reasons.Count;
                _reasons.Add(except.Reason);
            }

            return string.Create(CultureInfo.InvariantCulture, $"<sup>{index + 1}</sup>");
        }

        return ScenarioResults.Of(test.DeclaringType!, test.Name, column).All(static result => result == TestResult.Passed) ? "passed" : "**failed**";
    }

    private ScenarioTable Line(string line)
    {
        _page.Append(line).Append('\n');
        return this;
    }
}
