namespace ChatGen.Tests;

/// <summary>Tests that change what the whole process shares: the console, the environment.</summary>
[CollectionDefinition(nameof(ConsoleGroup), DisableParallelization = true)]
public sealed class ConsoleGroup;
