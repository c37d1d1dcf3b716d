namespace ChatGen;

/// <summary>The HTTP API of a backend as the chat transport uses it. Every generated Refit interface has it.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IRestApi
{
    /// <summary>The backend's address; <see langword="null"/> if the API does not know it.</summary>
    Uri? BaseAddress { get; }

    /// <summary>Sends a request of the schema's mapping. Answers of any status are returned.</summary>
    /// <param name="request">The request with its values.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The answer, whose headers have been read; the caller disposes it.</returns>
    /// <exception cref="HttpRequestException">The backend cannot be reached.</exception>
    /// <exception cref="FormatException">A value that the address or a header needs is absent or cannot stand there.</exception>
    Task<HttpResponseMessage> SendAsync(RestCall request, CancellationToken cancellationToken);
}
