using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ChatGen.Benchmarks.Bayeux;

/// <summary>A contestant seen from outside: a process that does one command after the other.</summary>
internal sealed class Contestant : IDisposable
{
    private readonly Process _process;

    public Contestant(string name, ProcessStartInfo start)
    {
        Name = name;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
    }

    public string Name { get; }

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public async Task<JsonObject> RunAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        string line = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(3))
            ?? throw new InvalidOperationException($"{Name} ended in '{command}'.");
        var answer = (JsonObject)JsonNode.Parse(line)!;
        return answer["failed"] is { } failed ? throw new InvalidOperationException($"{Name} failed in '{command}': {failed}") : answer;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
