namespace ChatGen;

/// <summary>Makes the built-in transport of clients whose settings name no other.</summary>
internal static class BuiltInTransport
{
    // WIRE HERE: this one line becomes the CometD transport, new CometDChatTransport(request.ServerUrl, new() { DisableWebSockets = request.DisableWebSockets }).
    public static IChatTransport Create(ChatBuiltInTransportRequest request) => throw new NotSupportedException("This build has no built-in CometD transport.");
}
