namespace ChatGen.Tests;

public sealed record StartResult(string SessionId);
