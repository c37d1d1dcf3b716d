using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using ChatGen.Benchmarks;
using ChatGen.Benchmarks.Bayeux;
using ChatGen.Benchmarks.Compiler;
using ChatGen.Benchmarks.Rest;
using ChatGen.Benchmarks.Ruled;
using ChatGen.Benchmarks.Typed;

switch (args)
{
    case [] or ["options"]:
        InterleavedRun.Of("Validate()", new ValidateOptions());
        InterleavedRun.Of($"Typed document ({OptionsDocument.Typed.Length} B) to checked options", new ReadTypedOptions(), nameof(ReadTypedOptions.SystemTextJson_generator_without_rules));
        InterleavedRun.Of($"Document with rules on what it holds ({OptionsDocument.Ruled.Length} B) to checked options", new ReadRuledOptions());
        InterleavedRun.Of($"Small document ({OptionsDocument.Small.Length} B) to checked options", new ReadSmallOptions(), nameof(ReadOptions.SystemTextJson_generator_without_rules));
        InterleavedRun.Of($"Big document ({OptionsDocument.Big.Length} B) to checked options", new ReadBigOptions(), nameof(ReadOptions.SystemTextJson_generator_without_rules));
        break;
    case ["validate"]:
        InterleavedRun.Of("Validate()", new ValidateOptions());
        break;
    case ["rest"]:
        InterleavedRun.Of("POST with JSON", new PostJson());
        InterleavedRun.Of("GET with a query", new GetWithQuery());
        InterleavedRun.Of("POST with a form", new PostForm());
        break;
    case ["compiler", ..]:
        CompilerRun.Print(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 7);
        break;
    case ["usage", ..]:
        UsageRun.Print(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 7);
        break;
    case ["bayeux", ..]:
        await BayeuxRun.PrintAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 7, memoryAlone: args is [_, _, "memory"]);
        break;
    case ["bayeux-contestant", .. string[] arguments]:
        await ContestantProgram.RunAsync(arguments);
        break;
    default:
        // The same benchmarks by BenchmarkDotNet, for its diagnosers.
        IConfig config = ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.ShortRun).WithOptions(ConfigOptions.DisableLogFile);
        BenchmarkSwitcher.FromTypes([typeof(ReadTypedOptions), typeof(ReadRuledOptions), typeof(ReadSmallOptions), typeof(ReadBigOptions), typeof(ValidateOptions), typeof(PostJson), typeof(GetWithQuery), typeof(PostForm)]).Run(args, config);
        break;
}
