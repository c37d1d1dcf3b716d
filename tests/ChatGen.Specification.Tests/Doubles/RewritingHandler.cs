using System.Net.Http.Headers;
using System.Text;

namespace ChatGen.Specification.Tests.Doubles;

/// <summary>Makes a request go wrong on the way: the first one whose path, headers or body has a certain text carries another instead.</summary>
internal sealed class RewritingHandler : DelegatingHandler
{
    private (string From, string To)? _rewriting;

    public RewritingHandler()
        : base(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
    }

    public void RewriteNext(string from, string to) => _rewriting = (from, to);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_rewriting is { } rewriting && await RewriteAsync(request, rewriting.From, rewriting.To, cancellationToken))
        {
            _rewriting = null;
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static async Task<bool> RewriteAsync(HttpRequestMessage request, string from, string to, CancellationToken cancellationToken)
    {
        bool found = false;
        if (request.RequestUri!.AbsoluteUri.Contains(from, StringComparison.Ordinal))
        {
            request.RequestUri = new Uri(request.RequestUri.AbsoluteUri.Replace(from, to, StringComparison.Ordinal));
            found = true;
        }

        foreach ((string name, IEnumerable<string> values) in request.Headers.ToList())
        {
            if (values.Contains(from))
            {
                request.Headers.Remove(name);
                request.Headers.Add(name, to);
                found = true;
            }
        }

        if (request.Content is not null)
        {
            string body = await request.Content.ReadAsStringAsync(cancellationToken);
            string rewritten = body.Replace(from, to, StringComparison.Ordinal);
            if (rewritten != body)
            {
                MediaTypeHeaderValue? contentType = request.Content.Headers.ContentType;
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(rewritten));
                request.Content.Headers.ContentType = contentType;
                found = true;
            }
        }

        return found;
    }
}
