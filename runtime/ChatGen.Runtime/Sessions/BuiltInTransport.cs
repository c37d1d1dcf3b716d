namespace ChatGen;

/// <summary>Makes the built-in transport of clients whose settings name no other.</summary>
internal static class BuiltInTransport
{
    public static IChatTransport Create(ChatBuiltInTransportRequest request) =>
        new CometDChatTransport(request.ServerUrl, new CometDChatTransportOptions { DisableWebSockets = request.DisableWebSockets });
}
