namespace ChatGen.Tests.Shared;

/// <summary>What came of a process that has ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record NodeRun(int ExitCode, string Output, string Error);
