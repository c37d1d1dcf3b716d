namespace ChatGen;

/// <summary>A generated client, for code that works with the clients of any schema, such as dependency injection.</summary>
/// <typeparam name="TSelf">The client itself.</typeparam>
/// <remarks>Generated clients are thread-safe.</remarks>
public interface IChatClient<TSelf> : IAsyncDisposable
    where TSelf : class, IChatClient<TSelf>
{
    /// <summary>What the schema says.</summary>
    static abstract ChatProtocol Protocol { get; }

    /// <summary>How the sessions and their connections are at present.</summary>
    ChatClientStatus Status { get; }

    /// <summary>Makes a client. Nothing is read or connected yet.</summary>
    /// <param name="settings">What holds for all its sessions.</param>
    static abstract TSelf Create(ChatClientSettings settings);

    /// <summary>Shows the options that sessions are started and restored with.</summary>
    /// <param name="visitor">Called for each.</param>
    static abstract void VisitOptions(IChatOptionsVisitor visitor);
}
