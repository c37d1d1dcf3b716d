namespace ChatGen.Bayeux.Scenarios.Catalog;

/// <summary>
/// Every scenario that the client has to stand: those of the CometD project's own client tests, by their names there, and those that only we
/// have. Each has a test, or a reason why it has none.
/// </summary>
internal static class ScenarioCatalog
{
    public static IReadOnlyList<ScenarioGroup> Groups { get; } =
    [
        new("Handshake and transport",
        [
            "HandshakeProps", "HandshakeDynamicProps", "HandshakeDenied", "HandshakeFailure", "HandshakeRetries", "HandshakeFailsNoTransports",
            "TransportNegotiation", "WebSocketHeaderRemoved", "WebSocketConnectTimeout", "WebSocketConnectTimeoutCancelled",
            "WebSocketDifferentURLs", "WebSocketProtocol", "ClientRetriesWebSocketTransportIfCannotConnect",
            "RestartAfterConnectWithFatalException", "HandshakeExpiration", "DuplicateHandshake", "MultipleHandshakes",
            "HandshakeWithExpiredSession", "HandshakeReconnect", "URLPath", "URLPathWithFile", "URLPathWithParameters", "URLPathDisabled",
            "CustomTransportURL", "Restart", "AbortThenRestart", "AbortBeforePublishThenRestart", "AbortAfterPublishThenRestart",
            "ServerRestart", "Redeploy",
        ]),
        new("Connect",
        [
            "ConnectFailure", "ConnectTemporaryFailure", "BackoffAfterReconnect", "NoHandshakeAdviceAfterSessionExpired",
            "DuplicateMetaConnect", "MaxNetworkDelayHandshake", "MaxNetworkDelayMetaConnect", "MaxNetworkDelayDynamic", "NetworkDelayListener",
            "MetaConnectExpires", "MetaConnectDelayedOnServerRespondedBeforeRetry", "MetaConnectDelayedOnServerRespondedAfterRetry",
            "MetaConnectSuspendedThenConnectionClosed", "ReconnectAfterServerExpiration", "ShortNetworkFailure", "LongNetworkFailure",
            "MultipleClientSessions", "EmptyResponse", "BadBody", "HtmlBody", "TruncatedBody", "MissingContentType", "Charset",
            "HandshakeOverHTTPReportsHTTPFailure",
        ]),
        new("Subscribe and publish",
        [
            "SubscriptionsUnsubscriptionsForSameChannelOnlySentOnce", "SubscriptionsRemovedOnReHandshake", "DynamicResubscription",
            "SubscriptionDeniedRemovesListener", "SubscriptionFailedOnlyOnClient", "FailedSubscriptionDecrementsCount",
            "SubscriptionToMetaFails", "SubscriptionToServiceIsNoOp", "UnsubscribeFailure", "Publish", "PublishSuccessfulInvokesCallback",
            "PublishFailedInvokesCallback", "PublishWithServerDownInvokesCallback", "PublishHeldUntilHandshook",
            "MessagesAfterFailedHandshake", "MultiPublish", "BatchPublish", "AutoBatch", "FalsyMessage", "Deliver", "RemoteCallResult",
            "RemoteCallFailure", "RemoteCallTimeout", "RemoteCallBinary", "ListenersNotifiedBeforeConnect", "SlashStarStarNoMeta",
            "SameChannelWithTrailingSlash", "MaxMessageSizeIn", "MaxMessageSizeOut", "BigMessage", "ChannelRelease",
            "CallbackRemovedWhenExtensionDeletesMessage", "CallbackRemovedWhenExtensionDeletesReply",
        ]),
        new("Disconnect",
        [
            "InitDisconnect", "HandshakeDisconnect", "DisconnectInHandshakeListener", "DisconnectInConnectListener", "DisconnectFailure",
            "ServerSideDisconnect", "DeliverAndServerSideDisconnect", "ClientDisconnectingClosesTheConnection",
            "DisconnectWithPendingMetaConnect", "WhenClientAbortsServerSessionIsSwept", "ConcurrentDisconnectWithHandshakeFailing",
            "ConcurrentDisconnectWithConnectFailing", "ConcurrentDisconnectWithPublishFailing", "ConcurrentDisconnectWithSubscribeFailing",
        ]),
        new("Acknowledgement, session and extensions",
        [
            "ClientSupportsAck", "Acknowledgement", "WebSocketWithAck", "MetaConnectFailureWithAck", "MetaConnectOvertakenWithAck",
            "MetaConnectDeliverOnly", "MessageDeliveryDuringHandshake", "ServerCanSendBeforeFirstMetaConnect", "HighRateServerEvents",
            "Reload", "AckAndReload", "TimeSync", "TimeStamp", "ExtensionOrder", "ExtensionException", "ExtensionRegister", "ExtensionDropping", "Z85",
            "SessionHijacking", "CookiesSentOnHandshakeReply", "CookieExpiry", "MultipleCookies", "CookiesOfEachSession", "RequestHeaders",
            "BasicAuthentication", "Proxy",
        ]),
        new("Only ours",
        [
            "HandshakeThenConnect", "DisconnectInOrder", "RehandshakeStorm", "BatchSplit", "WebSocketRefusedOrNotSupported", "ReturnToWebSocket", "KeepAliveBlackHole", "HostsFailover",
            "RetryAfter", "Jitter", "IntervalAdvice", "TransportAdvice", "IdleSessionsMemory", "CancellationAtEveryAwait", "PublishOutcomes",
            "QueueAcrossReconnection", "LeaksAfterReconnects", "ThreadSafety", "CallbackExceptions", "WildcardOrder", "SlowCallbacks", "SlowConsumer",
            "EventOrder", "Disposal", "OwnHttpMessageHandler", "InvalidPayload", "MalformedFrames", "SameIdAsEvent",
            "MissingIds", "SingleMessage", "UnknownMessages", "AdviceNone", "RefusalsWithoutAdvice", "CookiesOfUpgrade", "TlsOptions",
        ]),
    ];

    /// <summary>Scenarios without a test here, and why.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["IdleSessionsMemory"] = "Measured by tests/ChatGen.Benchmarks, since it is a number and not a yes or no.",
        ["LeaksAfterReconnects"] = "Takes ten thousand reconnections, which tests/ChatGen.Bayeux.Chaos makes.",
        ["RemoteCallBinary"] = "A call's payload is any JSON; for bytes in it see Z85.",
        ["SessionHijacking"] = "A duty of servers: a client id must not do for somebody else's session.",
    };
}
