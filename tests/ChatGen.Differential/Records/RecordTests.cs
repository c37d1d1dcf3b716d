using Xunit;

namespace ChatGen.Differential.Records;

/// <summary>
/// Random options: their JSON is accepted if and only if the specification accepts it, and a record says of itself what is said of its JSON. Where the two differ is in
/// <see cref="KnownDifference.All"/>.
/// </summary>
public sealed class RecordTests(ITestOutputHelper output)
{
    [Fact]
    public void A_record_and_its_JSON_have_one_verdict()
    {
        RecordRun run = RecordRun.Get();

        output.WriteLine(run.Report);
        Assert.True(run.Differences.Count == 0, run.Report + "\n" + string.Join("\n", run.Differences.GroupBy(difference => difference.Kind).SelectMany(kind => kind.Take(5))));
    }

    [Fact]
    public void Few_schemas_are_refused()
    {
        RecordRun run = RecordRun.Get();

        Assert.True(run.Refusals.Count * 20 <= run.Schemas, string.Join('\n', run.Refusals.Take(20).Select(refusal => $"{refusal.Reason}\n  {refusal.Schema.Variant}")));
    }

    [Fact]
    public void Valid_and_invalid_instances_are_both_frequent()
    {
        RecordRun run = RecordRun.Get();

        Assert.InRange(run.Accepted, (run.Accepted + run.Rejected) / 5, (run.Accepted + run.Rejected) * 4 / 5);
        Assert.InRange(run.Validated.Valid, run.Validated.All / 5, run.Validated.All * 4 / 5);
    }
}
