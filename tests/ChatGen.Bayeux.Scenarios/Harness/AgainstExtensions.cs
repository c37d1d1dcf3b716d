using System.Numerics;

namespace ChatGen.Bayeux.Scenarios.Harness;

internal static class AgainstExtensions
{
    /// <summary>Every single column, in the table's order.</summary>
    public static readonly Against[] Columns = [.. Enum.GetValues<Against>().Distinct().Where(static value => BitOperations.PopCount((uint)value) == 1).Order()];

    public static bool IsWebSocket(this Against column) => Against.WebSocket.HasFlag(column);

    public static bool IsReal(this Against column) => Against.Real.HasFlag(column);

    /// <summary>The server's name and the transport's.</summary>
    public static (string Server, string Transport) Title(this Against column) => (
        Against.Scripted.HasFlag(column) ? "scripted" : Against.Faye.HasFlag(column) ? "faye" : "cometd-nodejs-server",
        column.IsWebSocket() ? "websocket" : "long-polling");
}
