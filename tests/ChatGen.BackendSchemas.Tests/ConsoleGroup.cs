namespace ChatGen.BackendSchemas.Tests;

/// <summary>Tests that exchange the console, which the whole process shares.</summary>
[CollectionDefinition(nameof(ConsoleGroup), DisableParallelization = true)]
public sealed class ConsoleGroup;
