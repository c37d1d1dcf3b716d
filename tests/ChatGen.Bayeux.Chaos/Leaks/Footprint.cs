using System.Diagnostics;

namespace ChatGen.Bayeux.Chaos.Leaks;

/// <summary>What this process has of what can leak.</summary>
/// <param name="Sockets">Open sockets; 0 where the system does not tell.</param>
/// <param name="Timers">Timers that are set.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Heap">Bytes that survive a full collection.</param>
internal sealed record Footprint(int Sockets, long Timers, int Threads, long Heap)
{
    private const string DescriptorFolder = "/proc/self/fd";

    public static Footprint Take()
    {
        for (int round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return new Footprint(CountSockets(), Timer.ActiveCount, process.Threads.Count, GC.GetTotalMemory(forceFullCollection: true));
    }

    // Files are no matter here: assemblies are opened when they are first used.
    private static int CountSockets() => Directory.Exists(DescriptorFolder)
        ? Directory.GetFileSystemEntries(DescriptorFolder).Count(static entry => new FileInfo(entry).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true)
        : 0;
}
