using System.Globalization;

namespace ChatGen.Benchmarks.Compiler;

/// <summary>The processor's time that ended child processes have taken.</summary>
internal static class ChildTime
{
    private const double MillisecondsPerTick = 10;

    /// <summary>Milliseconds since this process began; by Linux, which alone tells.</summary>
    /// <exception cref="PlatformNotSupportedException">This is no Linux.</exception>
    public static double Total()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("The costs in the compiler are measured on Linux.");
        }

        // proc(5): cutime and cstime are the fields 16 and 17; the second, a name in parentheses, may hold blanks.
        string text = File.ReadAllText("/proc/self/stat");
        string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return MillisecondsPerTick * (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture));
    }
}
