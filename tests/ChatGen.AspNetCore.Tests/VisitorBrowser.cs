using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ChatGen.AspNetCore.Tests;

/// <summary>A visitor's browser: keeps cookies, and the antiforgery token that it was given last.</summary>
internal sealed class VisitorBrowser(Site site)
{
    public Site Site { get; set; } = site;

    public CookieContainer Cookies { get; init; } = new();

    public string? Token { get; set; }

    public string Scheme { get; init; } = "https";

    /// <summary>What the last answer has set.</summary>
    public List<string> SetCookies { get; } = [];

    /// <summary>Comes to the page and starts a chat.</summary>
    public static async Task<VisitorBrowser> EnterAsync(Site site, string body = """{"queue":"sales"}""")
    {
        var visitor = new VisitorBrowser(site);
        await visitor.DescribeAsync();
        await visitor.DoAsync("/start", body);
        return visitor;
    }

    /// <summary>Asks whether there is a chat, and gets a token.</summary>
    public async Task<JsonElement> DescribeAsync()
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, "/chat");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(Deadline.Token);
        Token = answer.GetProperty("antiforgery").GetProperty("token").GetString();
        return answer;
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body = "{}") => SendAsync(HttpMethod.Post, "/chat" + path, body);

    /// <summary>Posts, and expects success.</summary>
    public async Task<JsonElement> DoAsync(string path, string body = "{}")
    {
        using HttpResponseMessage response = await PostAsync(path, body);
        string text = await response.Content.ReadAsStringAsync(Deadline.Token);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    /// <summary>Posts, and expects a problem.</summary>
    public async Task<JsonElement> FailAsync(HttpStatusCode status, string path, string body = "{}")
    {
        using HttpResponseMessage response = await PostAsync(path, body);
        string text = await response.Content.ReadAsStringAsync(Deadline.Token);
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonElement.Parse(text);
    }

    public Task<JsonElement> SayAsync(string message) => DoAsync("/commands/sendMessage", $$"""{"message":{{JsonSerializer.Serialize(message)}}}""");

    /// <summary>Opens a stream of events.</summary>
    public async Task<EventReader> ListenAsync(string? lastEventId = null)
    {
        HttpResponseMessage response = await SendAsync(HttpMethod.Get, "/chat/events", lastEventId: lastEventId);
        return new EventReader(response, await response.Content.ReadAsStreamAsync(Deadline.Token));
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, string? lastEventId = null)
    {
        var address = new Uri($"{Scheme}://shop.example{path}");
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (Token is not null)
        {
            request.Headers.Add("RequestVerificationToken", Token);
        }

        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        if (Cookies.GetCookieHeader(address) is { Length: > 0 } cookies)
        {
            request.Headers.Add("Cookie", cookies);
        }

        HttpClient client = Site.Server.CreateClient();
        HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Deadline.Token);
        SetCookies.Clear();
        if (response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? set))
        {
            foreach (string cookie in set)
            {
                SetCookies.Add(cookie);
                Cookies.SetCookies(address, cookie);
            }
        }

        return response;
    }
}
