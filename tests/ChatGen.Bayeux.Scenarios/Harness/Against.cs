namespace ChatGen.Bayeux.Scenarios.Harness;

/// <summary>What a scenario is played against: the columns of the table, and sets of them.</summary>
[Flags]
public enum Against
{
    ScriptedLongPolling = 1,
    ScriptedWebSocket = 2,
    CometDLongPolling = 4,
    FayeLongPolling = 8,
    FayeWebSocket = 16,
    Scripted = ScriptedLongPolling | ScriptedWebSocket,
    Faye = FayeLongPolling | FayeWebSocket,
    Real = CometDLongPolling | Faye,
    LongPolling = ScriptedLongPolling | CometDLongPolling | FayeLongPolling,
    WebSocket = ScriptedWebSocket | FayeWebSocket,
    Everything = Scripted | Real,
}
