namespace ChatGen.Bayeux;

/// <summary>What became of a publish.</summary>
public enum PublishOutcome
{
    /// <summary>The server has taken it.</summary>
    Acknowledged,

    /// <summary>The server has refused it.</summary>
    Rejected,

    /// <summary>It never left the client; publishing it again cannot duplicate it.</summary>
    NotSent,

    /// <summary>It was sent, but no reply came: the server may have processed it or not.</summary>
    Unknown,
}
