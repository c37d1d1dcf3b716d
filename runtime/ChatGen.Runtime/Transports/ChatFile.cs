using System.Net.Mime;

namespace ChatGen;

/// <summary>A file that is sent or received in a chat: a stream with a name and a type.</summary>
/// <remarks>Not thread-safe. Disposing it disposes the stream. A file that was received is read from the network as its stream is read; dispose it then.</remarks>
public sealed class ChatFile : IAsyncDisposable, IDisposable
{
    /// <summary>Makes a file.</summary>
    /// <param name="name">Name without a directory, such as <c>invoice.pdf</c>.</param>
    /// <param name="content">The bytes; read once, from where the stream stands.</param>
    /// <param name="contentType">Media type; by default <c>application/octet-stream</c>.</param>
    /// <param name="length">Number of bytes; by default what the stream says, <see langword="null"/> if it cannot.</param>
    /// <exception cref="ArgumentException">The name is empty or has a directory or control character.</exception>
    public ChatFile(string name, Stream content, string contentType = MediaTypeNames.Application.Octet, long? length = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrWhiteSpace(contentType);
        if (name.AsSpan().ContainsAny("/\\") || name.Any(char.IsControl))
        {
            throw new ArgumentException("The name of a file must have neither a directory nor control characters.", nameof(name));
        }

        Name = name;
        Content = content;
        ContentType = contentType;
        Length = length ?? (content.CanSeek ? content.Length - content.Position : null);
    }

    /// <summary>Name without a directory.</summary>
    public string Name { get; }

    /// <summary>Media type.</summary>
    public string ContentType { get; }

    /// <summary>Number of bytes; <see langword="null"/> if it is not known.</summary>
    public long? Length { get; }

    /// <summary>The bytes.</summary>
    public Stream Content { get; }

    /// <summary>What has to be let go of with the stream.</summary>
    internal IDisposable? Source { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Content.Dispose();
        Source?.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync().ConfigureAwait(false);
        Source?.Dispose();
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
