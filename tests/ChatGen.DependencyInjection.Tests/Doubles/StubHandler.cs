using System.Collections.Concurrent;
using System.Net;

namespace ChatGen.DependencyInjection.Tests;

/// <summary>A backend over HTTP that a test scripts, and that counts what it is asked.</summary>
public sealed class StubHandler(Func<int, HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private readonly ConcurrentQueue<HttpRequestMessage> _requests = new();

    public StubHandler(params HttpStatusCode[] answers)
        : this((number, _, _) => Task.FromResult(new HttpResponseMessage(answers[Math.Min(number, answers.Length) - 1])))
    {
    }

    public int Requests => _requests.Count;

    /// <summary>What is answered is told the number of the request, from 1.</summary>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _requests.Enqueue(request);
        return answer(_requests.Count, request, cancellationToken);
    }
}
