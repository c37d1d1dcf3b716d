using System.Net.Http.Json;
using BenchmarkDotNet.Attributes;
using ChatGen.Benchmarks.Rest.Chat;

namespace ChatGen.Benchmarks.Rest;

/// <summary>A POST with a value in the path, a header and a JSON body.</summary>
[MemoryDiagnoser]
public class PostJson : RoundTrips
{
    private static readonly PlainMessage s_plain = new(Text);
    private static readonly EchoMessage s_generated = new() { Text = Text };

    [Benchmark(Baseline = true)]
    public object Refit_generator() => Finished(Plain.PostAsync(ChatId, ChatId, s_plain, CancellationToken.None));

    [Benchmark]
    public object ChatGen() => Finished(Generated.PostAsync(ChatId, s_generated, CancellationToken.None));

    [Benchmark]
    public object HttpClient_by_hand() => Finished(SendAsync());

    private async Task<PlainMessage> SendAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/chats/{Uri.EscapeDataString(ChatId)}/messages");
        request.Headers.Add("X-Chat-Key", ChatId);
        request.Content = JsonContent.Create(s_plain, PlainMessageContext.Default.PlainMessage);
        using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(PlainMessageContext.Default.PlainMessage).ConfigureAwait(false))!;
    }
}
