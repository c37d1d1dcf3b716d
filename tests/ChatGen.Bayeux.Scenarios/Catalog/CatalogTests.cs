using System.Reflection;
using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Catalog;

public sealed class CatalogTests
{
    private static readonly string[] s_named = [.. ScenarioCatalog.Groups.SelectMany(static group => group.Names)];

    private static readonly MethodInfo[] s_tests =
        [.. typeof(CatalogTests).Assembly.GetTypes().SelectMany(static type => type.GetMethods()).Where(static method => method.IsDefined(typeof(ScenarioAttribute)))];

    private static readonly string[] s_tested = [.. s_tests.Select(static test => test.GetCustomAttribute<ScenarioAttribute>()!.Name).Distinct()];

    [Fact]
    public void Every_scenario_has_a_test_or_a_reason_and_not_both() =>
        Assert.Equal(s_named.Order(), s_tested.Concat(ScenarioCatalog.Reasons.Keys).Order());

    [Fact]
    public void No_name_is_there_twice() => Assert.Equal(s_named.Distinct(), s_named);

    [Fact]
    public void A_test_bears_the_name_of_its_scenario() => Assert.All(s_tests, static test =>
        Assert.Matches($"^{test.GetCustomAttribute<ScenarioAttribute>()!.Name}(_|$)", test.Name));

    [Fact]
    public void A_scenario_is_played_somewhere() => Assert.All(s_tests, static test => Assert.NotEmpty(ScenarioAttribute.ColumnsOf(test)));

    [Fact]
    public void A_column_is_excepted_once() => Assert.All(s_tests, static test => Assert.All(
        AgainstExtensions.Columns,
        column => Assert.InRange(test.GetCustomAttributes<NotAgainstAttribute>().Count(except => except.Columns.HasFlag(column)), 0, 1)));
}
