namespace ChatGen;

/// <summary>What can be done about an error, as the schema says of its code.</summary>
public enum ChatRecovery
{
    /// <summary>Nothing: the same call would fail again. The session itself goes on.</summary>
    Fatal,

    /// <summary>The same call may succeed later.</summary>
    Retry,

    /// <summary>The connection has to be made anew; the session is still there.</summary>
    Rehandshake,

    /// <summary>The session goes on by itself once the backend can be reached again.</summary>
    Resume,

    /// <summary>The session is over; its stored state is of no use any more.</summary>
    Ended,
}
