using Microsoft.AspNetCore.Http;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>What is known of a request after it has ended.</summary>
internal sealed class ServerRequest
{
    private readonly Dictionary<string, string> _headers;

    public ServerRequest(HttpRequest request)
    {
        Path = request.Path;
        Query = request.QueryString.Value ?? "";
        _headers = request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
    }

    public string Path { get; }

    public string Query { get; }

    /// <summary>A header, empty if there is none.</summary>
    public string this[string header] => _headers.GetValueOrDefault(header, "");
}
