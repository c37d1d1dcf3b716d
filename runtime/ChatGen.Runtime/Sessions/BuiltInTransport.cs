namespace ChatGen;

/// <summary>Makes the built-in transport of clients whose settings name no other: over CometD if the schema has that, else over HTTP.</summary>
internal static class BuiltInTransport
{
    // One for all sessions, since connections are pooled in it. Whoever has the session's secrets must not be led elsewhere by a redirect, nor
    // share cookies with another session.
    private static readonly Lazy<HttpMessageHandler> s_handler = new(() => OperatingSystem.IsBrowser()
        ? new HttpClientHandler { AllowAutoRedirect = false }
        : new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectTimeout = TimeSpan.FromSeconds(10),
        });

    /// <exception cref="ChatException">The schema says of no transport how the chat looks over it.</exception>
    public static IChatTransport Create(ChatBuiltInTransportRequest request, ChatProtocol protocol, ChatClientSettings settings)
    {
        CometDChatTransportOptions cometD = settings.CometD with { DisableWebSockets = settings.CometD.DisableWebSockets || request.DisableWebSockets };
        if (protocol.CometD is not null)
        {
            return new CometDChatTransport(request.ServerUrl, cometD);
        }

        if (protocol is { Rest: not null, CreateRestApi: { } createApi })
        {
            HttpClient client = settings.CreateHttpClient?.Invoke() ?? new HttpClient(s_handler.Value, disposeHandler: false);
            client.BaseAddress = request.ServerUrl;
            client.Timeout = Timeout.InfiniteTimeSpan;
            return new OwnedRestTransport(client, createApi(client), protocol, cometD);
        }

        throw protocol.LibraryError($"The schema '{protocol.SchemaId}' says neither how the chat looks over CometD nor how over HTTP, so there is no built-in transport; give 'Transport'.");
    }

    private sealed class OwnedRestTransport(HttpClient client, IRestApi api, ChatProtocol protocol, CometDChatTransportOptions cometD) : RestChatTransport(api, protocol, cometD)
    {
        protected override async ValueTask DisposeCoreAsync()
        {
            await base.DisposeCoreAsync().ConfigureAwait(false);
            client.Dispose();
        }
    }
}
