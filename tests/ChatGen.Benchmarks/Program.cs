using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using ChatGen.Benchmarks;

IConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun)
    .WithOptions(ConfigOptions.DisableLogFile);
BenchmarkSwitcher.FromTypes([typeof(ReadOptions), typeof(ValidateOptions)]).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
