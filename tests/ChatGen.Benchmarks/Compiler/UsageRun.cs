using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatGen.Benchmarks.Compiler;

/// <summary>
/// What checking how options are used costs in a project of 2,000 files, beside the code analyzers that every project of .NET has: both in one run of the SDK's compiler, by the
/// time that the compiler says it has spent in them.
/// </summary>
internal static partial class UsageRun
{
    private const int Files = 2_000;
    private const int Initializers = 500;

    public static void Print(int rounds)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("chatgen-benchmark-");
        try
        {
            string response = Prepare(folder);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Files:N0} files, {Initializers:N0} initializers, {rounds} rounds; s in the analyzers, on all threads together"));
            Console.WriteLine("    .NET's code analyzers    ChatGen's usage analyzers   ratio");
            for (int i = 0; i < rounds; i++)
            {
                Dictionary<string, double> times = Compile(response);
                double peers = times.Where(time => time.Key.EndsWith("NetAnalyzers", StringComparison.Ordinal)).Sum(time => time.Value);
                double own = times["ChatGen.Analyzers"];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{peers,25:0.000}{own,29:0.000}{own / peers,8:0.000}"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Prepare(DirectoryInfo folder)
    {
        var arguments = new List<string> { "/nostdlib+", "/nologo", "/target:exe", "/nullable:enable", "/langversion:latest", "/reportanalyzer", $"/out:{Path.Combine(folder.FullName, "out.dll")}" };
        int number = 0;
        foreach (string text in LargeProject.Create(Files, Initializers))
        {
            string path = Path.Combine(folder.FullName, $"File{(number++).ToString(CultureInfo.InvariantCulture)}.cs");
            File.WriteAllText(path, text);
            arguments.Add(path);
        }

        string config = Path.Combine(folder.FullName, "globalconfig");
        File.WriteAllText(config, "is_global = true\nbuild_property.RootNamespace = Large\n");
        arguments.Add($"/analyzerconfig:{config}");
        arguments.AddRange(Toolchain.References.Select(path => $"/reference:{path}"));
        arguments.AddRange(Toolchain.ChatGen.Concat(Toolchain.UsageAnalyzers).Concat(Toolchain.CodeAnalyzers).Select(path => $"/analyzer:{path}"));
        string response = Path.Combine(folder.FullName, "arguments.rsp");
        File.WriteAllLines(response, arguments.Select(argument => $"\"{argument}\""));
        return response;
    }

    /// <summary>The seconds that the compiler says it has spent in each assembly of analyzers.</summary>
    private static Dictionary<string, double> Compile(string response)
    {
        using Process process = Process.Start(new ProcessStartInfo(Toolchain.Host, [Path.Combine(Toolchain.Compiler, "csc.dll"), "/noconfig", "@" + response]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Assembly().Matches(output).Where(match => match.Groups["name"].Value != "ChatGen.Generator")
                .ToDictionary(match => match.Groups["name"].Value, match => double.TryParse(match.Groups["time"].Value, CultureInfo.InvariantCulture, out double time) ? time : 0)
            : throw new InvalidOperationException($"The compiler fails: {output[..Math.Min(output.Length, 4_000)]}");
    }

    [GeneratedRegex(@"^ +(?<time><?[0-9.]+) +<?[0-9]+ +(?<name>[\w.]+), Version=", RegexOptions.Multiline)]
    private static partial Regex Assembly();
}
