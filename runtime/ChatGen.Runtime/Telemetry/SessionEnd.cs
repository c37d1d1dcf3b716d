namespace ChatGen;

/// <summary>Why a session is live no more.</summary>
internal enum SessionEnd
{
    /// <summary>The backend has ended it.</summary>
    Ended,

    /// <summary>The backend does not know it any more.</summary>
    Lost,

    /// <summary>The visitor has left it.</summary>
    Left,

    /// <summary>It was let go of, and can be restored.</summary>
    Disposed,
}
