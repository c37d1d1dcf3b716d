namespace ChatGen.Bayeux.Scenarios.Harness;

/// <summary>Reasons why a scenario is not played in a column.</summary>
internal static class Because
{
    public const string OfHttp = "It is about HTTP requests, which WebSocket does not have.";
    public const string OfSockets = "It is about the socket, which long-polling does not have.";
    public const string OfClient = "It never gets as far as a server; any one will do.";
    public const string OfAnswers = "The server does not give such an answer; the scripted one does.";
    public const string OfServices = "The server lets nobody use /service channels of their own.";
    public const string OfAck = "The server has no acknowledge extension.";
    public const string OfTime = "Time is the test's here, which a real server cannot follow.";
}
