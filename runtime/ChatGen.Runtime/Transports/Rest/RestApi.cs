using System.ComponentModel;
using Refit;

namespace ChatGen;

/// <summary>What the implementations of generated Refit interfaces have in common. For generated code.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="settings">Refit's settings.</param>
/// <param name="api">The Refit interface.</param>
/// <param name="mapping">The schema's mapping.</param>
/// <remarks>Thread-safe.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RestApi(HttpClient client, RefitSettings settings, Type api, RestMapping mapping) : IRestApi
{
    /// <inheritdoc/>
    public Uri? BaseAddress => client.BaseAddress;

    /// <inheritdoc/>
    public async Task<HttpResponseMessage> SendAsync(RestCall request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using HttpRequestMessage message = new RestMessage(client, settings, mapping, request.Mapping, request.Scope).Create(null);
        if (request.IsLongPoll)
        {
            message.Options.Set(ChatHttpRequest.LongPoll, true);
        }

        return await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins a request of the interface.</summary>
    /// <param name="request">Its name in the schema.</param>
    /// <param name="member">The interface's method.</param>
    protected RestRequest Request(string request, string member) => new(client, settings, api, member, mapping, mapping.Requests[request]);
}
