using System.Diagnostics;

namespace ChatGen.Benchmarks.Compiler;

/// <summary>A compiler server of our own, as a build keeps one; it ends with this object.</summary>
internal sealed class CompilerServer : IDisposable
{
    private readonly Process _process;

    public CompilerServer() =>
        _process = Process.Start(new ProcessStartInfo(Toolchain.Host, [Path.Combine(Toolchain.Compiler, "VBCSCompiler.dll"), $"-pipename:{Pipe}"]) { RedirectStandardOutput = true })!;

    public string Pipe { get; } = $"chatgen-{Environment.ProcessId}";

    /// <summary>The processor's time that it has taken, in milliseconds.</summary>
    public double Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalMilliseconds;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
