using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace ChatGen.Bayeux.Scenarios.Harness;

/// <summary>
/// Makes a theory of a test: it is played in every column of the table, but for those that a <see cref="NotAgainstAttribute"/> gives a reason
/// for, with every <see cref="CaseAttribute"/>. Its first parameter is the column.
/// </summary>
/// <param name="name">The scenario's name in <see cref="Catalog.ScenarioCatalog"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScenarioAttribute(string name) : DataAttribute
{
    public string Name { get; } = name;

    /// <summary>The columns that a test is played in.</summary>
    public static IEnumerable<Against> ColumnsOf(MethodInfo test) =>
        AgainstExtensions.Columns.Where(column => !test.GetCustomAttributes<NotAgainstAttribute>().Any(except => except.Columns.HasFlag(column)));

    /// <summary>What else is given to the test, by case.</summary>
    public static IReadOnlyList<object?[]> CasesOf(MethodInfo test)
    {
        object?[][] cases = [.. test.GetCustomAttributes<CaseAttribute>().Select(static each => each.Arguments)];
        return cases.Length == 0 ? [[]] : cases;
    }

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) => new(
    [
        .. from column in ColumnsOf(testMethod)
           from arguments in CasesOf(testMethod)
           select new TheoryDataRow([column, .. arguments]),
    ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
