namespace ChatGen;

/// <summary>Makes the built-in transport of clients whose settings name no other.</summary>
internal static class BuiltInTransport
{
    public static IChatTransport Create(ChatBuiltInTransportRequest request, CometDChatTransportOptions options) =>
        new CometDChatTransport(request.ServerUrl, options with { DisableWebSockets = options.DisableWebSockets || request.DisableWebSockets });
}
