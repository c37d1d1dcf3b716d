using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using ChatGen.Benchmarks;

switch (args)
{
    case [] or ["options"]:
        InterleavedRun.Of("Validate()", new ValidateOptions());
        InterleavedRun.Of($"Small document ({OptionsDocument.Small.Length} B) to checked options", new ReadSmallOptions());
        InterleavedRun.Of($"Big document ({OptionsDocument.Big.Length} B) to checked options", new ReadBigOptions());
        break;
    default:
        // The same benchmarks by BenchmarkDotNet, for its diagnosers.
        IConfig config = ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.ShortRun).WithOptions(ConfigOptions.DisableLogFile);
        BenchmarkSwitcher.FromTypes([typeof(ReadSmallOptions), typeof(ReadBigOptions), typeof(ValidateOptions)]).Run(args, config);
        break;
}
