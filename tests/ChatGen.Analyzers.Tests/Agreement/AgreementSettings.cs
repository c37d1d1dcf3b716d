using System.Globalization;

namespace ChatGen.Analyzers.Tests.Agreement;

/// <summary>What a run is made of. One seed always makes the same pairs.</summary>
internal static class AgreementSettings
{
    /// <summary>How many kinds of options a schema has.</summary>
    public const int CommandsPerSchema = 40;

    /// <summary>How many initialisers are written for the options of a command.</summary>
    public const int PairsPerCommand = 30;

    /// <summary>Environment variable <c>CHATGEN_USAGE_SEED</c>; by default a fixed one, so that an ordinary run is repeatable.</summary>
    public static int Seed { get; } = Read("CHATGEN_USAGE_SEED", 20262);

    /// <summary>Environment variable <c>CHATGEN_USAGE_PAIRS</c>: how many initialisers there are at least.</summary>
    public static int Pairs { get; } = Math.Max(1, Read("CHATGEN_USAGE_PAIRS", 2_000));

    private static int Read(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : fallback;
}
