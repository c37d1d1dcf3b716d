using System.Diagnostics;
using System.Globalization;

namespace ChatGen.Fuzz.Tests.Oracles;

/// <summary>Measures the time that the thread had a processor, so that other work on the machine does not count. Where the system does not tell, it is the time that went by.</summary>
internal readonly struct ProcessorTime
{
    private const string Statistics = "/proc/thread-self/schedstat";

    private static readonly bool s_isKnown = File.Exists(Statistics);

    private readonly long _start;

    private ProcessorTime(long start) => _start = start;

    /// <summary>What the thread used since the start, which has to be of the same thread.</summary>
    public TimeSpan Elapsed => s_isKnown ? TimeSpan.FromMicroseconds((Read() - _start) / 1_000) : Stopwatch.GetElapsedTime(_start);

    public static ProcessorTime Start() => new(s_isKnown ? Read() : Stopwatch.GetTimestamp());

    // Nanoseconds on a processor, nanoseconds in the queue, time slices.
    private static long Read() => long.Parse(File.ReadAllText(Statistics).Split(' ')[0], CultureInfo.InvariantCulture);
}
