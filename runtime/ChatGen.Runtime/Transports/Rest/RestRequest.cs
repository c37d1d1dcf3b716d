using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ChatGen.Rest;
using Refit;

namespace ChatGen;

/// <summary>One request of a generated Refit interface. What depends on Refit's surface for generated code is here and in <see cref="RestMessage"/>. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RestRequest : ITemplateScope
{
    private readonly HttpClient _client;
    private readonly RefitSettings _settings;
    private readonly Type _api;
    private readonly string _member;
    private readonly RestMapping _mapping;
    private readonly RestRequestMapping _request;
    private readonly List<(string Placeholder, TemplateValue Value)> _values = new(3);
    private ReadOnlyMemory<byte>? _body;

    internal RestRequest(HttpClient client, RefitSettings settings, Type api, string member, RestMapping mapping, RestRequestMapping request)
    {
        _client = client;
        _settings = settings;
        _api = api;
        _member = member;
        _mapping = mapping;
        _request = request;
    }

    /// <summary>Gives a placeholder its value; <see langword="null"/> leaves out what it stands in.</summary>
    public RestRequest With(string placeholder, string? value) => Add(placeholder, TemplateValue.Of(value));

    /// <inheritdoc cref="With(string, string?)"/>
    public RestRequest With(string placeholder, long? value) => Add(placeholder, TemplateValue.Of(value));

    /// <inheritdoc cref="With(string, string?)"/>
    public RestRequest With(string placeholder, double? value) => Add(placeholder, value is { } number ? TemplateValue.OfLiteral(number.ToString("R", CultureInfo.InvariantCulture)) : default);

    /// <inheritdoc cref="With(string, string?)"/>
    public RestRequest With(string placeholder, decimal? value) => Add(placeholder, value is { } number ? TemplateValue.OfLiteral(number.ToString(CultureInfo.InvariantCulture)) : default);

    /// <inheritdoc cref="With(string, string?)"/>
    public RestRequest With(string placeholder, bool? value) => Add(placeholder, value is { } flag ? TemplateValue.OfLiteral(flag ? "true" : "false") : default);

    /// <inheritdoc cref="With(string, string?)"/>
    public RestRequest With(string placeholder, JsonNode? value)
    {
        if (value is null)
        {
            return this;
        }

        using JsonDocument document = JsonDocument.Parse(value.ToJsonString());
        return Add(placeholder, TemplateValue.Of(document.RootElement.Clone()));
    }

    /// <summary>Gives a placeholder its file.</summary>
    public RestRequest File(string placeholder, ChatFile? file) => Add(placeholder, TemplateValue.Of(file));

    /// <summary>Sets the body, which is encoded as the schema says.</summary>
    public RestRequest Body<T>(T value, ChatJsonWriter<T> writeMembers)
    {
        ArgumentNullException.ThrowIfNull(value);
        _body = JsonBuffer.Write((value, writeMembers), static (writer, body) => ChatJson.WriteValue(writer, body.value, body.writeMembers));
        return this;
    }

    /// <inheritdoc cref="Body{T}"/>
    public RestRequest Body(JsonObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _body = JsonBuffer.Write(value, static (writer, body) => body.WriteTo(writer));
        return this;
    }

    /// <summary>Sends the request and passes over the answer.</summary>
    /// <exception cref="ApiException">The answer's status is no success.</exception>
    public Task SendAsync(CancellationToken cancellationToken) =>
        GeneratedRequestRunner.SendVoidAsync(_client, Create(), _settings, false, cancellationToken);

    /// <summary>Sends the request and reads the answer.</summary>
    /// <exception cref="ApiException">The answer's status is no success, or the answer breaks the schema.</exception>
    /// <exception cref="JsonException">The answer has no body.</exception>
    public Task<T> SendAsync<T>(JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken)
    {
        Task<T?> answer = GeneratedRequestRunner.SendAsync<T, T>(_client, Create(typeInfo), _settings, false, true, _settings.Buffered, cancellationToken);
        return answer is { IsCompletedSuccessfully: true, Result: not null } ? answer! : ThereAsync(answer);

        static async Task<T> ThereAsync(Task<T?> answer) => await answer.ConfigureAwait(false) ?? throw ChatJson.Failure("", "is absent where an object is expected");
    }

    /// <summary>Sends the request and returns status and headers.</summary>
    public async Task<IApiResponse> SendForResponseAsync(CancellationToken cancellationToken) =>
        (await GeneratedRequestRunner.SendAsync<ApiResponse<string>, string>(_client, Create(), _settings, true, true, _settings.Buffered, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Sends the request and returns the answer with status and headers. An answer without success is returned too.</summary>
    public async Task<ApiResponse<T>> SendForResponseAsync<T>(JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken) =>
        (await GeneratedRequestRunner.SendAsync<ApiResponse<T>, T>(_client, Create(typeInfo), _settings, true, true, _settings.Buffered, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Sends the request and returns the answer's body as it comes from the network; the caller disposes it.</summary>
    /// <exception cref="ApiException">The answer's status is no success.</exception>
    public async Task<Stream> SendForStreamAsync(CancellationToken cancellationToken) =>
        (await GeneratedRequestRunner.SendAsync<Stream, Stream>(_client, Create(), _settings, false, false, false, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Sends the request and returns the answer's body as it comes from the network, with status and headers; the caller disposes it.</summary>
    public async Task<ApiResponse<Stream>> SendForStreamResponseAsync(CancellationToken cancellationToken) =>
        (await GeneratedRequestRunner.SendAsync<ApiResponse<Stream>, Stream>(_client, Create(), _settings, true, false, false, cancellationToken).ConfigureAwait(false))!;

    TemplateValue ITemplateScope.Find(TemplatePlaceholder source)
    {
        foreach ((string placeholder, TemplateValue value) in _values)
        {
            if (placeholder == source.Source)
            {
                return value;
            }
        }

        return default;
    }

    private RestRequest Add(string placeholder, TemplateValue value)
    {
        if (!value.IsAbsent)
        {
            _values.Add((placeholder, value));
        }

        return this;
    }

    private HttpRequestMessage Create<T>(JsonTypeInfo<T> typeInfo)
    {
        HttpRequestMessage request = Create();
        GeneratedRequestRunner.SetRequestJsonTypeInfo(request, typeInfo);
        return request;
    }

    private HttpRequestMessage Create()
    {
        HttpRequestMessage request = new RestMessage(_client, _settings, _mapping, _request, this).Create(_body);
        GeneratedRequestRunner.AddConfiguredRequestOptions(request, _settings, _api);
        GeneratedRequestRunner.AddRequestProperty(request, HttpRequestMessageOptions.MethodName, _member);
        GeneratedRequestRunner.AddRequestProperty(request, HttpRequestMessageOptions.RelativePathTemplate, _request.PathText);
        return request;
    }
}
