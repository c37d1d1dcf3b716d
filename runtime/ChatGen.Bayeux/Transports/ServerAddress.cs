using System.Runtime.CompilerServices;
using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux.Transports;

/// <summary>Where requests go: the configured addresses, or the same ones on a host that the server has advised (Bayeux rules 29, 48, 50).</summary>
internal sealed class ServerAddress(BayeuxClientOptions options)
{
    // Many clients have the same address.
    private static readonly ConditionalWeakTable<Uri, Uri> s_webSockets = [];

    private readonly Uri _longPolling = options.Url;
    private readonly Uri _webSocket = s_webSockets.GetValue(options.WebSocketUrl ?? options.Url, ToWebSocket);

    /// <summary>The address for a transport.</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="host">The advised host, one of <see cref="Accepted"/>; <see langword="null"/> for the configured one.</param>
    public Uri Of(ConnectionTypes transport, string? host)
    {
        Uri configured = transport == ConnectionTypes.WebSocket ? _webSocket : _longPolling;
        return host is null ? configured : On(configured, host) ?? configured;
    }

    /// <summary>Which of the advised hosts may be gone to.</summary>
    public IReadOnlyList<string> Accepted(IReadOnlyList<string> hosts) => options.AcceptHost is { } accept
        ? [.. hosts.Where(host => On(_longPolling, host) is { } url && accept(url))]
        : [];

    // Only name and port come from the server: scheme and path stay, so that it cannot turn TLS off.
    private static Uri? On(Uri configured, string host)
    {
        bool hasPort = host.LastIndexOf(':') > host.LastIndexOf(']');
        return Uri.TryCreate($"{configured.Scheme}://{host}", UriKind.Absolute, out Uri? parsed) && parsed is { UserInfo: "", PathAndQuery: "/", Fragment: "" }
            ? new UriBuilder(configured) { Host = parsed.Host, Port = hasPort ? parsed.Port : configured.Port }.Uri
            : null;
    }

    private static Uri ToWebSocket(Uri url) => new UriBuilder(url)
    {
        Scheme = url.Scheme is "https" or "wss" ? Uri.UriSchemeWss : Uri.UriSchemeWs,
        Port = url.Port,
        Fragment = "",
    }.Uri;
}
