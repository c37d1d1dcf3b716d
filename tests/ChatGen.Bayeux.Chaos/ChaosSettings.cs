using System.Globalization;

namespace ChatGen.Bayeux.Chaos;

/// <summary>What a run is made of.</summary>
internal static class ChaosSettings
{
    /// <summary>Environment variable <c>CHATGEN_CHAOS_SEED</c>; by default a fixed one, so that ordinary runs differ in nothing but their timing.</summary>
    public static int Seed { get; } = Read("CHATGEN_CHAOS_SEED", 20261);

    /// <summary>Environment variable <c>CHATGEN_CHAOS_SECONDS</c>: how long the chats talk while things break.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(Read("CHATGEN_CHAOS_SECONDS", 120));

    /// <summary>Environment variable <c>CHATGEN_CHAOS_FRAMES</c>: how many mutated frames are read.</summary>
    public static int Frames { get; } = Read("CHATGEN_CHAOS_FRAMES", 100_000);

    private static int Read(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
