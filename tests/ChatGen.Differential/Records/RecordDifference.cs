namespace ChatGen.Differential.Records;

/// <summary>Something that should be the same and is not.</summary>
internal sealed record RecordDifference(string Kind, RecordSchema Schema, string Instance, string Details)
{
    public override string ToString() =>
        $"{Kind}: seed {RecordSettings.Seed}, schema {Schema.Number}, {Schema.Dialect}\n  {Schema.Definitions.ToJsonString()}\n  instance: {Instance}\n  {Details.Replace("\n", "\n  ", StringComparison.Ordinal)}";
}
