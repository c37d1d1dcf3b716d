using System.Net.Http.Headers;
using System.Text;

namespace ChatGen.Specification.Tests.Doubles;

/// <summary>Makes a request go wrong on the way.</summary>
internal sealed class RewritingHandler : DelegatingHandler
{
    private volatile Rewriting? _next;

    public RewritingHandler()
        : base(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
    }

    /// <summary>In the path, the headers and the body of the next request whose body has a certain text, puts one text in place of another.</summary>
    public void RewriteNext(string marker, string from, string to) => _next = new Rewriting(marker, from, to);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_next is { } rewriting && request.Content is not null)
        {
            string body = await request.Content.ReadAsStringAsync(cancellationToken);
            if (body.Contains(rewriting.Marker, StringComparison.Ordinal))
            {
                _next = null;
                rewriting.Apply(request, body);
            }
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private sealed record Rewriting(string Marker, string From, string To)
    {
        public void Apply(HttpRequestMessage request, string body)
        {
            request.RequestUri = new Uri(Replace(request.RequestUri!.AbsoluteUri));
            foreach ((string name, IEnumerable<string> values) in request.Headers.ToList())
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, values.Select(Replace));
            }

            MediaTypeHeaderValue? contentType = request.Content!.Headers.ContentType;
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Replace(body)));
            request.Content.Headers.ContentType = contentType;
        }

        private string Replace(string text) => text.Replace(From, To, StringComparison.Ordinal);
    }
}
