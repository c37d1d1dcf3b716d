using System.Diagnostics;
using System.Globalization;

namespace ChatGen.Benchmarks.Compiler;

/// <summary>What generating costs within the compiler, beside the same types written by hand.</summary>
/// <remarks>
/// Each case is a run of the SDK's compiler: in a process of its own, and by a compiler server that has run all cases before. Cases take turns. The processor's
/// time counts, which other work on the machine changes less than the clock's.
/// </remarks>
internal sealed class CompilerRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatgen-benchmark-");
    private readonly List<Case> _cases = [];

    public static void Print(int rounds)
    {
        using var run = new CompilerRun();
        run.Prepare("Small", LargeSchema.Create(1));
        run.Prepare("Large", LargeSchema.Create(43));
        run.Measure("Cold: a compiler of its own each time", rounds, static each => Process(each.Arguments, null));
        using (var server = new CompilerServer())
        {
            for (int i = 0; i < 3; i++)
            {
                run._cases.ForEach(each => Process(each.Arguments, server));
            }

            run.Measure("Warm: a compiler server that has done it before", rounds, each => Process(each.Arguments, server));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Prepare(string size, string schema)
    {
        DirectoryInfo folder = _folder.CreateSubdirectory($"case{_cases.Count}");
        string program = Write(folder, "Program.cs", "System.Console.WriteLine();\n");
        string file = Write(folder, "large.chat.json", schema);
        string config = Write(folder, "globalconfig", $"is_global = true\nbuild_property.RootNamespace = Large\n\n[{file}]\nbuild_metadata.AdditionalFiles.ChatGenSchema = true\nbuild_metadata.AdditionalFiles.ChatGenNamespace = Large.Chat\n");
        string title = string.Create(CultureInfo.InvariantCulture, $"{size} schema ({Lines([file]):N0} lines)");
        string generated = folder.CreateSubdirectory("generated").FullName;
        string[] chatGen = [program, $"/additionalfile:{file}", $"/analyzerconfig:{config}", .. Toolchain.ChatGen.Select(path => $"/analyzer:{path}")];

        Process(Arguments(folder, [.. chatGen, $"/generatedfilesout:{generated}"]), null);
        string[] sources = Directory.GetFiles(generated, "*.cs", SearchOption.AllDirectories);
        IReadOnlyDictionary<string, string> byHand = HandWrittenProject.Create(sources.ToDictionary(path => Path.GetFileName(path), path => File.ReadAllText(path).TrimStart('\uFEFF'), StringComparer.Ordinal));
        DirectoryInfo hands = folder.CreateSubdirectory("hands");
        string[] written = [.. byHand.Select(each => Write(hands, each.Key, each.Value))];
        string[] peers = [program, .. written, .. Toolchain.Peers.Select(path => $"/analyzer:{path}")];
        string peersGenerated = folder.CreateSubdirectory("peers").FullName;
        Process(Arguments(folder, [.. peers, $"/generatedfilesout:{peersGenerated}"]), null);
        string[] peersSources = Directory.GetFiles(peersGenerated, "*.cs", SearchOption.AllDirectories);

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: {Lines(sources):N0} lines in {sources.Length} files by ChatGen; {Lines(written):N0} lines by hand and {Lines(peersSources):N0} by the other generators"));
        Add("nothing", [program]);
        Add("by hand, with System.Text.Json's and Refit's generators", peers);
        Add("ChatGen", chatGen);
        Add("ChatGen's text as plain files", [program, .. sources]);

        void Add(string name, string[] inputs) => _cases.Add(new Case(title, name, Arguments(folder, inputs)));
    }

    private void Measure(string title, int rounds, Func<Case, (double Processor, double Clock)> measure)
    {
        _cases.ForEach(each => each.Times.Clear());
        var random = new Random(1);
        for (int round = 0; round < rounds; round++)
        {
            foreach (Case each in _cases.OrderBy(_ => random.Next()))
            {
                each.Times.Add(measure(each));
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{title}; {rounds} rounds, ms beyond an empty program, ratios to the types by hand");
        foreach (IGrouping<string, Case> group in _cases.GroupBy(each => each.Group))
        {
            Console.WriteLine($"{group.Key,-60}processor: min  median   ratio (min to max)    clock: min  median");
            Case nothing = group.First();
            double[] hands = Processor(group.ElementAt(1), nothing);
            foreach (Case each in group)
            {
                double[] processor = each == nothing ? [.. each.Times.Select(time => time.Processor)] : Processor(each, nothing);
                double[] clock = [.. each.Times.Zip(nothing.Times, (time, zero) => time.Clock - (each == nothing ? 0 : zero.Clock)).Order()];
                double[] ratios = [.. processor.Zip(hands, (time, hand) => time / hand).Order()];
                string ratio = each == nothing ? "" : string.Create(CultureInfo.InvariantCulture, $"{ratios[rounds / 2]:0.00} ({ratios[0]:0.00} - {ratios[^1]:0.00})");
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {each.Name,-58}{processor.Min(),14:0} {processor.Order().ElementAt(rounds / 2),7:0}   {ratio,-20} {clock[0],8:0} {clock[rounds / 2],7:0}"));
            }
        }
    }

    private static double[] Processor(Case each, Case nothing) => [.. each.Times.Zip(nothing.Times, (time, zero) => time.Processor - zero.Processor)];

    private static string[] Arguments(DirectoryInfo folder, IEnumerable<string> inputs)
    {
        string[] all =
        [
            "/noconfig", "/nostdlib+", "/nologo", "/target:exe", "/optimize+", "/deterministic+", "/nullable:enable", "/langversion:latest", "/warnaserror+", "/nowarn:CS1591", "/debug:portable",
            $"/out:{Path.Combine(folder.FullName, "out.dll")}", $"/doc:{Path.Combine(folder.FullName, "out.xml")}", .. Toolchain.References.Select(path => $"/reference:{path}"), .. inputs,
        ];
        string response = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.rsp");
        File.WriteAllLines(response, all.Where(argument => argument != "/noconfig").Select(argument => $"\"{argument}\""));
        return ["/noconfig", "@" + response];
    }

    private static (double Processor, double Clock) Process(string[] arguments, CompilerServer? server)
    {
        var start = new ProcessStartInfo(Toolchain.Host, [Path.Combine(Toolchain.Compiler, "csc.dll"), .. server is null ? Array.Empty<string>() : [$"/shared:{server.Pipe}"], .. arguments]) { RedirectStandardOutput = true };
        double before = ChildTime.Total() + (server?.Processor ?? 0);
        var watch = Stopwatch.StartNew();
        using Process process = System.Diagnostics.Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? (ChildTime.Total() + (server?.Processor ?? 0) - before, watch.Elapsed.TotalMilliseconds)
            : throw new InvalidOperationException($"The compiler fails: {output[..Math.Min(output.Length, 4_000)]}");
    }

    private static string Write(DirectoryInfo folder, string name, string text)
    {
        string path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static int Lines(IEnumerable<string> paths) => paths.Sum(path => File.ReadLines(path).Count());

    private sealed record Case(string Group, string Name, string[] Arguments)
    {
        public List<(double Processor, double Clock)> Times { get; } = [];
    }
}
