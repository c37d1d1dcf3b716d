using System.Globalization;
using System.Net.Http.Json;
using ChatGen;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace WebChat.Client;

/// <summary>What the page's address asks for, for trying things out: <c>?websockets=off&amp;maxOfflineDuration=60&amp;storage=local</c>.</summary>
internal sealed class PageOptions
{
    // The 5 seconds of the schema run while the page is loaded, and WebAssembly alone may take that long on a slow device.
    private const double DefaultOfflineSeconds = 60;

    private readonly HttpClient _http;

    public PageOptions(NavigationManager navigation, HttpClient http, IJSRuntime browser)
    {
        _http = http;
        Query = new Uri(navigation.Uri).Query;
        Dictionary<string, string> query = Parse(Query);
        DisableWebSockets = query.GetValueOrDefault("websockets") == "off";
        MaxOfflineDuration = TimeSpan.FromSeconds(
            double.TryParse(query.GetValueOrDefault("maxOfflineDuration"), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) ? seconds : DefaultOfflineSeconds);
        StateStorage = query.GetValueOrDefault("storage") == "local" ? new LocalStateStorage(browser) : null;
    }

    /// <summary>The query itself, for links to other pages of the site.</summary>
    public string Query { get; }

    public bool DisableWebSockets { get; }

    public TimeSpan MaxOfflineDuration { get; }

    /// <summary>A storage of the page's own; <see langword="null"/> for the built-in one.</summary>
    public IChatStateStorage? StateStorage { get; }

    /// <summary>Asks the page's host where the chat backend is.</summary>
    public async Task<Uri> GetServerUrlAsync() =>
        (await _http.GetFromJsonAsync("chat.json", PageJson.Default.ChatAddress))!.ServerUrl;

    private static Dictionary<string, string> Parse(string query) => query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Where(pair => pair.Length == 2)
        .DistinctBy(pair => pair[0])
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
}
