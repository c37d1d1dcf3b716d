using System.Net.Http.Json;
using BenchmarkDotNet.Attributes;
using ChatGen.Benchmarks.Rest.Chat;

namespace ChatGen.Benchmarks.Rest;

/// <summary>A POST with a value in the path and a form as its body.</summary>
[MemoryDiagnoser]
public class PostForm : RoundTrips
{
    private static readonly EchoMessage s_generated = new() { Text = Text };

    [Benchmark(Baseline = true)]
    public object Refit_generator() => Finished(Plain.FormAsync(ChatId, new Dictionary<string, string> { ["text"] = Text }, CancellationToken.None));

    [Benchmark]
    public object ChatGen() => Finished(Generated.FormAsync(ChatId, s_generated, CancellationToken.None));

    [Benchmark]
    public object HttpClient_by_hand() => Finished(SendAsync());

    private async Task<PlainMessage> SendAsync()
    {
        using var content = new FormUrlEncodedContent([new("text", Text)]);
        using HttpResponseMessage response = await Client.PostAsync($"/api/chats/{Uri.EscapeDataString(ChatId)}/send", content).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(PlainMessageContext.Default.PlainMessage).ConfigureAwait(false))!;
    }
}
