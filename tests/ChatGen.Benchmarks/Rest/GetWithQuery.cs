using System.Globalization;
using System.Net.Http.Json;
using BenchmarkDotNet.Attributes;

namespace ChatGen.Benchmarks.Rest;

/// <summary>A GET with a value in the path and two in the query.</summary>
[MemoryDiagnoser]
public class GetWithQuery : RoundTrips
{
    [Benchmark(Baseline = true)]
    public object Refit_generator() => Finished(Plain.ReadAsync(ChatId, 17, Text, CancellationToken.None));

    [Benchmark]
    public object ChatGen() => Finished(Generated.ReadAsync(ChatId, 17, Text, CancellationToken.None));

    [Benchmark]
    public object HttpClient_by_hand() => Finished(SendAsync());

    private async Task<PlainMessage> SendAsync()
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"/api/chats/{Uri.EscapeDataString(ChatId)}/messages?from={17}&filter={Uri.EscapeDataString(Text)}");
        using HttpResponseMessage response = await Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(PlainMessageContext.Default.PlainMessage).ConfigureAwait(false))!;
    }
}
