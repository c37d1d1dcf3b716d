namespace ChatGen;

/// <summary>What an event means for the session itself.</summary>
public enum ChatEventRole
{
    /// <summary>Nothing: it is for the application.</summary>
    None,

    /// <summary>The session is over.</summary>
    Ended,

    /// <summary>An error is reported; the session goes on.</summary>
    Error,

    /// <summary>The connection is lost; raised by the client.</summary>
    Interrupted,

    /// <summary>The connection is back; raised by the client.</summary>
    Continued,
}
