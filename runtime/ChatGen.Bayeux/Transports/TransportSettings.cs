namespace ChatGen.Bayeux.Transports;

/// <summary>What the transports of one client have in common.</summary>
/// <param name="Options">The client's options.</param>
/// <param name="Invoker">Carries HTTP requests and WebSocket upgrades.</param>
/// <param name="Cookies">The client's cookies.</param>
/// <param name="Sink">Takes what is received.</param>
internal sealed record TransportSettings(BayeuxClientOptions Options, HttpMessageInvoker Invoker, CookieJar Cookies, ITransportSink Sink);
