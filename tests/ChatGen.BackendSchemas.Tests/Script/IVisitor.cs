namespace ChatGen.BackendSchemas.Tests.Script;

/// <summary>A session of a generated client, as the script uses it. What the backend lacks is not implemented, and the script does not ask for it.</summary>
/// <remarks>Disposing it is leaving the page: the client is disposed with the session.</remarks>
public interface IVisitor : IAsyncDisposable
{
    /// <summary>The session.</summary>
    ChatSessionCore Session { get; }

    /// <summary>What the script wants to know of an event.</summary>
    Seen See(ChatEvent chatEvent);

    /// <summary>Sends a message.</summary>
    Task SendMessageAsync(string text, CancellationToken cancellationToken);

    /// <summary>Tells whether the visitor is typing.</summary>
    Task SendTypingAsync(bool isTyping, string? typedText, CancellationToken cancellationToken);

    /// <summary>Ends the session.</summary>
    Task LeaveAsync(CancellationToken cancellationToken);

    /// <summary>Reads the transcript.</summary>
    Task<IReadOnlyList<ChatEvent>> GetTranscriptAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Attaches data.</summary>
    Task SetUserDataAsync(string key, string value, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Sends a file.</summary>
    /// <returns>Its id.</returns>
    Task<string> SendFileAsync(ChatFile file, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Fetches a file.</summary>
    Task<ChatFile> DownloadFileAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Deletes a file.</summary>
    Task DeleteFileAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>How many files may be sent.</summary>
    Task<long?> GetMaxFilesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
