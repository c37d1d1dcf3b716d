namespace ChatGen.Tests;

public sealed record StartOptions(string Username);
