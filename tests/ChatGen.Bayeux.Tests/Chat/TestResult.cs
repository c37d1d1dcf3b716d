namespace ChatGen.Bayeux.Tests.Chat;

/// <summary>The answer of every operation of the test protocol.</summary>
internal sealed record TestResult(string SessionId);
