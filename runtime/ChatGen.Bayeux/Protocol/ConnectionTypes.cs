namespace ChatGen.Bayeux.Protocol;

/// <summary>Transports by their names in <c>connectionType</c> and <c>supportedConnectionTypes</c>. Names that this client cannot use have no flag.</summary>
[Flags]
internal enum ConnectionTypes
{
    None = 0,
    LongPolling = 1,
    WebSocket = 2,
}
