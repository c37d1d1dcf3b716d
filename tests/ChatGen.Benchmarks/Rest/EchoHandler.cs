using System.Net;
using System.Net.Http.Headers;

namespace ChatGen.Benchmarks.Rest;

/// <summary>A backend without a network: reads what it is sent and answers at once, so that what remains is what a client does itself.</summary>
internal sealed class EchoHandler : HttpMessageHandler
{
    private static readonly byte[] s_answer = """{"text":"Where is my parcel?","index":17,"author":"Jane"}"""u8.ToArray();
    private static readonly MediaTypeHeaderValue s_json = new("application/json", "utf-8");

    public static HttpClient Client() => new(new EchoHandler()) { BaseAddress = new Uri("https://chat.example.com/api") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content)
        {
            await content.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        }

        var answer = new ByteArrayContent(s_answer);
        answer.Headers.ContentType = s_json;
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = answer, RequestMessage = request };
    }
}
