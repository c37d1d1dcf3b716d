namespace WebChat.Client.Visitors;

/// <summary>How the page is connected to the backend.</summary>
public enum ConnectionState
{
    /// <summary>Not at all: there is no chat.</summary>
    None,

    Connecting,
    Connected,

    /// <summary>The connection is lost, and the client is trying to get it back.</summary>
    Interrupted,

    Ended,
}
