using System.Diagnostics;
using System.Globalization;
using ChatGen.Farm.Simulation;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int Argument(string name, int value)
{
    int at = Array.IndexOf(args, "--" + name);
    return at < 0 ? value : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
}

var settings = new FarmSettings();
settings = settings with
{
    Seed = Argument("seed", settings.Seed),
    Nodes = Argument("nodes", settings.Nodes),
    Sessions = Argument("sessions", settings.Sessions),
    Affinity = Argument("affinity", 100) / 100.0,
};
Console.WriteLine($"{settings.Sessions:N0} sessions on {settings.Nodes} nodes, affinity {settings.Affinity:P0}, an event each {settings.EventInterval.TotalSeconds} s, a chat lasts {settings.ChatDuration.TotalMinutes} min, seed {settings.Seed}.");
long begun = Stopwatch.GetTimestamp();
var farm = new FarmSimulation(settings);
farm.Run();
double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;

Console.WriteLine();
Console.WriteLine("| what happens | s | connected at the end | most sessions of a node | claims granted/s | busiest second | store operations/s | busiest second | state writes/s | answers 503 | states not written | without a stream, median, 99 %, longest |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
foreach (PhaseReport phase in farm.Phases)
{
    double duration = phase.Duration.TotalSeconds;
    Console.WriteLine(
        $"| {phase.Name} | {duration:N0} | {phase.Connected:N0} | {phase.MostHeld:N0} | {phase.Grants / duration:N0} | {phase.PeakGrants:N0} | {phase.Operations / duration:N0} | {phase.PeakOperations:N0} | {phase.StateWrites / duration:N0} | "
        + $"{phase.Refusals:N0} | {phase.StatesNotWritten:N0} | {phase.Interruption(0.5).TotalSeconds:N1} s, {phase.Interruption(0.99).TotalSeconds:N1} s, {phase.Interruption(1).TotalSeconds:N1} s |");
}

Console.WriteLine();
foreach (PhaseReport phase in farm.Phases)
{
    Console.WriteLine($"{phase.Name}: {string.Join(", ", phase.OperationsByKind.Where(pair => pair.Value > 0).OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value:N0}"))}");
}

Console.WriteLine();
Console.WriteLine($"Simulated in {seconds:N1} s. Sessions that two nodes held at once: {farm.Violations.Count}.");
foreach (string violation in farm.Violations.Take(10))
{
    Console.WriteLine(violation);
}

return farm.Violations.Count == 0 ? 0 : 1;
