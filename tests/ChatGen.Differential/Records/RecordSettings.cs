using System.Globalization;

namespace ChatGen.Differential.Records;

/// <summary>What a run over records is made of. One seed always makes the same cases.</summary>
internal static class RecordSettings
{
    /// <summary>What every schema is tried with.</summary>
    public const int InstancesPerSchema = 20;

    /// <summary>How many schemas are compiled together.</summary>
    public const int BatchSize = 50;

    /// <summary>Environment variable <c>CHATGEN_RECORD_SEED</c>; by default a fixed one, so that an ordinary run is repeatable.</summary>
    public static int Seed { get; } = Read("CHATGEN_RECORD_SEED", 20261);

    /// <summary>Environment variable <c>CHATGEN_RECORD_SCHEMAS</c>: how many schemas there are, half of them in each draft.</summary>
    public static int Schemas { get; } = Math.Max(2, Read("CHATGEN_RECORD_SCHEMAS", 200));

    private static int Read(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : fallback;
}
