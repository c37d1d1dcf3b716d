using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatGen.Backends.Tests;

/// <summary>What came back over HTTP.</summary>
internal sealed record Reply(int Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Content)
{
    public string Text => Encoding.UTF8.GetString(Content);

    public JsonObject Json => JsonNode.Parse(Content)!.AsObject();

    public JsonNode? this[string name] => Json[name];

    public static async Task<Reply> OfAsync(HttpClient http, HttpRequestMessage request)
    {
        using (request)
        {
            using HttpResponseMessage response = await http.SendAsync(request, Deadline.Token);
            return new Reply((int)response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsByteArrayAsync(Deadline.Token));
        }
    }
}
