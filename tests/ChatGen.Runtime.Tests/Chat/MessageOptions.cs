namespace ChatGen.Tests;

public sealed record MessageOptions(string Message);
