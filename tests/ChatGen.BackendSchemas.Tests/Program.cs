using ChatGen.BackendSchemas.Tests;
using ChatGen.BackendSchemas.Tests.Script;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The test platform calls with --server, the build with --internal-msbuild-node; a person's call goes to xUnit's own runner.
return args switch
{
    [OtherProgram.Argument, ..] => await OtherProgram.RunAsync(args[1..]),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
