using System.Globalization;

namespace ChatGen.Fuzz.Tests;

/// <summary>What a run is made of. One seed always makes the same documents.</summary>
internal static class FuzzSettings
{
    /// <summary>Environment variable <c>CHATGEN_FUZZ_SEED</c>; by default a fixed one, so that an ordinary run is repeatable.</summary>
    public static int Seed { get; } = Read("CHATGEN_FUZZ_SEED", 20260);

    /// <summary>Environment variable <c>CHATGEN_FUZZ_COUNT</c>: how many documents are read.</summary>
    public static int Count { get; } = Read("CHATGEN_FUZZ_COUNT", 4_000);

    public static int Workers { get; } = Math.Max(1, Environment.ProcessorCount);

    private static int Read(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : fallback;
}
