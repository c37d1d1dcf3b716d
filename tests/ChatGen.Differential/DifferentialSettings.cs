using System.Globalization;

namespace ChatGen.Differential;

/// <summary>What a run is made of. One seed always makes the same cases.</summary>
internal static class DifferentialSettings
{
    /// <summary>What every schema is tried with.</summary>
    public const int InstancesPerSchema = 20;

    /// <summary>How many schemas are compiled together and given to one process of Node.</summary>
    public const int BatchSize = 500;

    /// <summary>Environment variable <c>CHATGEN_DIFFERENTIAL_SEED</c>; by default a fixed one, so that an ordinary run is repeatable.</summary>
    public static int Seed { get; } = Read("CHATGEN_DIFFERENTIAL_SEED", 20260);

    /// <summary>Environment variable <c>CHATGEN_DIFFERENTIAL_SCHEMAS</c>: how many schemas there are, half of them in each draft.</summary>
    public static int Schemas { get; } = Math.Max(2, Read("CHATGEN_DIFFERENTIAL_SCHEMAS", 2_000));

    /// <summary>Whether nothing was set by environment variables.</summary>
    public static bool IsOrdinary => (Seed, Schemas) == (20260, 2_000);

    private static int Read(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : fallback;
}
