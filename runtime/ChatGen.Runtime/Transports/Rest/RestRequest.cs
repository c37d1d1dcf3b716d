using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Refit;

namespace ChatGen;

/// <summary>One request of a generated Refit interface. Everything that depends on Refit's surface for generated code is in here. For generated code.</summary>
/// <param name="client">Sends the request.</param>
/// <param name="settings">Refit's settings.</param>
/// <param name="api">The Refit interface.</param>
/// <param name="member">The interface's method.</param>
/// <param name="method">The HTTP method.</param>
/// <param name="path">The path, which begins with a slash.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RestRequest(HttpClient client, RefitSettings settings, Type api, string member, string method, string path)
{
    private readonly List<(string Name, string Value)> _headers = [];
    private string _query = "";
    private ReadOnlyMemory<byte>? _body;

    /// <summary>Adds a header.</summary>
    public RestRequest Header(string name, string? value)
    {
        if (value is not null)
        {
            _headers.Add((name, value));
        }

        return this;
    }

    /// <summary>Adds a query parameter; <see langword="null"/> adds none.</summary>
    public RestRequest Query(string name, string? value)
    {
        if (value is not null)
        {
            _query += $"{(_query.Length == 0 ? '?' : '&')}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}";
        }

        return this;
    }

    /// <summary>Adds a query parameter; <see langword="null"/> adds none.</summary>
    public RestRequest Query(string name, long? value) => Query(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a query parameter in JSON's spelling; <see langword="null"/> adds none.</summary>
    public RestRequest Query(string name, bool? value) => Query(name, value switch { true => "true", false => "false", null => null });

    /// <summary>Sets the body: the value's members as one JSON object.</summary>
    public RestRequest Body<T>(T value, ChatJsonWriter<T> writeMembers)
    {
        ArgumentNullException.ThrowIfNull(value);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            ChatJson.WriteValue(writer, value, writeMembers);
        }

        _body = buffer.WrittenMemory;
        return this;
    }

    /// <summary>Sends the request and passes over the answer.</summary>
    /// <exception cref="ApiException">The answer's status is no success.</exception>
    public Task SendAsync(CancellationToken cancellationToken) =>
        GeneratedRequestRunner.SendVoidAsync(client, Create(), settings, false, cancellationToken);

    /// <summary>Sends the request and reads the answer.</summary>
    /// <exception cref="ApiException">The answer's status is no success, or the answer breaks the schema.</exception>
    /// <exception cref="JsonException">The answer has no body.</exception>
    public async Task<T> SendAsync<T>(JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken)
    {
        HttpRequestMessage request = Create();
        GeneratedRequestRunner.SetRequestJsonTypeInfo(request, typeInfo);
        return await GeneratedRequestRunner.SendAsync<T, T>(client, request, settings, false, true, settings.Buffered, cancellationToken).ConfigureAwait(false)
            ?? throw ChatJson.Failure("", "is absent where an object is expected");
    }

    private HttpRequestMessage Create()
    {
        var request = new HttpRequestMessage(
            new HttpMethod(method), GeneratedRequestRunner.BuildRelativeUri(client, path + _query, settings.UrlResolution));
        if (_body is { } body)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }

        foreach ((string name, string value) in _headers)
        {
            GeneratedRequestRunner.SetHeader(request, name, value, settings.ValidateHeaders);
        }

        GeneratedRequestRunner.AddConfiguredRequestOptions(request, settings, api);
        GeneratedRequestRunner.AddRequestProperty(request, HttpRequestMessageOptions.MethodName, member);
        GeneratedRequestRunner.AddRequestProperty(request, HttpRequestMessageOptions.RelativePathTemplate, path);
        return request;
    }
}
