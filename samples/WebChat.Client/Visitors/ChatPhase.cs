namespace WebChat.Client.Visitors;

/// <summary>Where a visitor is with their chat.</summary>
internal enum ChatPhase
{
    /// <summary>It is not known yet whether there is a chat to go on with.</summary>
    Restoring,

    /// <summary>There is none: the registration form is shown.</summary>
    Registering,

    /// <summary>The backend was asked for a chat.</summary>
    Starting,

    Chatting,

    /// <summary>The chat is over, and can still be read.</summary>
    Ended,
}
