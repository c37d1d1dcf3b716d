using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using ChatGen.Rest;

namespace ChatGen;

/// <summary>Reads a REST mapping out of the text that the generator has checked and written.</summary>
internal sealed class RestMappingReader(JsonElement root)
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, JsonElement>> _tables = new(StringComparer.Ordinal);
    private FrozenDictionary<string, long> _counters = FrozenDictionary<string, long>.Empty;
    private FrozenDictionary<string, RestRequestMapping> _requests = FrozenDictionary<string, RestRequestMapping>.Empty;

    public RestMapping Read()
    {
        foreach (JsonProperty table in Members(root, "tables"))
        {
            _tables.Add(table.Name, table.Value.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.Clone(), StringComparer.Ordinal));
        }

        _counters = Members(root, "counters").ToFrozenDictionary(counter => counter.Name, counter => counter.Value.GetInt64(), StringComparer.Ordinal);
        Dictionary<string, TextTemplate> headers = Members(root, "headers").ToDictionary(header => header.Name, header => Text(header.Value), StringComparer.OrdinalIgnoreCase);
        _requests = Members(root, "requests").ToFrozenDictionary(request => request.Name, request => ReadRequest(request.Name, request.Value, headers), StringComparer.Ordinal);
        Dictionary<string, RestStep[]> operations = _requests.Values.ToDictionary(request => request.Name, request => new[] { new RestStep(request, TemplateCondition.None, null) }, StringComparer.Ordinal);
        foreach (JsonProperty operation in Members(root, "operations"))
        {
            if (operation.Value.ValueKind == JsonValueKind.Null)
            {
                operations.Remove(operation.Name);
            }
            else
            {
                operations[operation.Name] = ReadSteps(operation.Value);
            }
        }

        return new RestMapping
        {
            Values = [.. Members(root, "values").Select(value => (value.Name, JsonTemplate.Parse(value.Value, _tables)))],
            Counters = _counters,
            Take = ReadTake(root),
            AllowedHosts = [.. Items(root, "allowedHosts").Select(host => host.GetString()!)],
            Timeout = TimeSpan.FromSeconds(Find(root, "timeoutSeconds")?.GetDouble() ?? 30),
            Requests = _requests,
            Operations = operations.ToFrozenDictionary(StringComparer.Ordinal),
            Errors = [.. Items(root, "errors").Select(ReadError)],
            Events = Find(root, "events") is { } events ? ReadEvents(events) : null,
            LeaveCommand = Find(root, "leave")?.GetString(),
        };
    }

    private RestRequestMapping ReadRequest(string name, JsonElement json, Dictionary<string, TextTemplate> common)
    {
        var headers = new Dictionary<string, TextTemplate>(common, StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty header in Members(json, "headers"))
        {
            headers.Remove(header.Name);
            if (header.Value.ValueKind != JsonValueKind.Null)
            {
                headers.Add(header.Name, Text(header.Value));
            }
        }

        HttpMethod? method = Find(json, "method") is { } text ? new HttpMethod(text.GetString()!) : null;
        (string Name, JsonTemplate Value)[] query = [.. Members(json, "query").Select(parameter => (parameter.Name, JsonTemplate.Parse(parameter.Value, _tables)))];
        JsonElement? body = Find(json, "body");
        JsonTemplate? content = body is { } given && Find(given, "content") is { } template ? JsonTemplate.Parse(template, _tables) : null;
        TextTemplate? path = OptionalText(json, "path");
        TextTemplate? url = OptionalText(json, "url");
        IEnumerable<TemplatePlaceholder> sources = [.. path?.Sources ?? [], .. url?.Sources ?? [], .. query.SelectMany(parameter => parameter.Value.Sources), .. headers.Values.SelectMany(header => header.Sources), .. content?.Sources ?? []];
        return new RestRequestMapping
        {
            Name = name,
            Method = method,
            Path = path,
            PathText = Find(json, "path")?.GetString() ?? "",
            Url = url,
            Channel = OptionalText(json, "publish"),
            ReplyCondition = ReadCondition(json, "replyWhen"),
            AnsweredByMessage = Find(json, "reply")?.GetString() == "next",
            Query = query,
            Headers = [.. headers.Select(header => (header.Key, header.Value))],
            HasBody = body is not null || Find(json, "publish") is not null,
            Encoding = body is { } encoded && Find(encoded, "encoding") is { } encoding ? Enum.Parse<RestBodyEncoding>(encoding.GetString()!, ignoreCase: true) : RestBodyEncoding.Json,
            Body = content,
            AnswersFile = Find(json, "result") is { ValueKind: JsonValueKind.String },
            Success = [.. Items(json, "success").Select(status => status.GetInt32())],
            Take = ReadTake(json),
            Answer = Find(json, "answer") is { } answer ? JsonTemplate.Parse(answer, _tables) : null,
            Entries = OptionalText(json, "entries"),
            BringsEvents = Find(json, "events")?.GetBoolean() ?? true,
            IsIdempotent = Find(json, "idempotent")?.GetBoolean() ?? method == HttpMethod.Get,
            Counters = [.. sources.Where(source => source.Kind == TemplateSourceKind.State && _counters.ContainsKey(source.Path[0])).Select(source => source.Path[0]).Distinct()],
        };
    }

    private RestEventsMapping ReadEvents(JsonElement json)
    {
        RestEventSource? source = null;
        if (Find(json, "poll") is { } poll)
        {
            source = new RestPoll(ReadStep(poll), TimeSpan.FromSeconds(Find(poll, "intervalSeconds")?.GetDouble() ?? 1));
        }
        else if (Find(json, "longPoll") is { } longPoll)
        {
            source = new RestLongPoll(ReadStep(longPoll), Find(longPoll, "timeoutSeconds") is { } timeout ? JsonTemplate.Parse(timeout, _tables) : null);
        }
        else if (Find(json, "webSocket") is { } socket)
        {
            JsonElement? heartbeat = Find(socket, "heartbeat");
            source = new RestWebSocket(
                Text(socket.GetProperty("url")),
                [.. Members(socket, "headers").Select(header => (header.Name, Text(header.Value)))],
                Find(socket, "subprotocol")?.GetString(),
                [.. Items(socket, "onOpen").Select(frame => JsonTemplate.Parse(frame, _tables))],
                ReadCondition(socket, "readyWhen"),
                heartbeat is { } beat ? TimeSpan.FromSeconds(beat.GetProperty("intervalSeconds").GetDouble()) : null,
                heartbeat is { } sent ? JsonTemplate.Parse(sent.GetProperty("send"), _tables) : null);
        }
        else if (Find(json, "bayeux") is { } bayeux)
        {
            source = new RestBayeux(Text(bayeux.GetProperty("url")), [.. Items(bayeux, "subscribe").Select(Text)]);
        }

        return new RestEventsMapping
        {
            Source = source,
            Entries = OptionalText(json, "entries"),
            Id = OptionalText(json, "id"),
            Rules = Find(json, "map") is { } map ? [.. map.EnumerateArray().Select(ReadEvent)] : null,
            AnswerRules = [.. Items(json, "answers").Select(ReadEvent)],
            Resume = Find(json, "resume") is { } resume ? ReadSteps(resume) : [],
            CatchUp = Find(json, "catchUp") is { } catchUp ? ReadSteps(catchUp) : [],
        };
    }

    private RestEventRule ReadEvent(JsonElement json) => new(
        ReadCondition(json, "when"),
        Find(json, "event") is { ValueKind: JsonValueKind.String } name ? name.GetString() : null,
        OptionalText(json, "index"),
        OptionalText(json, "timestamp"),
        Find(json, "members") is { } members ? JsonTemplate.Parse(members, _tables) : null);

    private RestErrorRule ReadError(JsonElement json) => new(
        [.. Items(json, "status").Select(ReadStatus)],
        ReadCondition(json, "when"),
        JsonTemplate.Parse(json.GetProperty("code"), _tables),
        OptionalText(json, "description"));

    /// <summary>A status, or a hundred of them: <c>"4xx"</c>.</summary>
    private static (int From, int To) ReadStatus(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Number)
        {
            return (json.GetInt32(), json.GetInt32());
        }

        int from = int.Parse(json.GetString()![..1], CultureInfo.InvariantCulture) * 100;
        return (from, from + 99);
    }

    private RestStep[] ReadSteps(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(ReadStep)] : [ReadStep(json)];

    private RestStep ReadStep(JsonElement json) => json.ValueKind == JsonValueKind.String
        ? new RestStep(_requests[json.GetString()!], TemplateCondition.None, null)
        : new RestStep(
            _requests[json.GetProperty("request").GetString()!],
            ReadCondition(json, "if"),
            Find(json, "options") is { } options ? JsonTemplate.Parse(options, _tables) : null);

    private (string, TextTemplate)[] ReadTake(JsonElement json) => [.. Members(json, "take").Select(value => (value.Name, Text(value.Value)))];

    private TemplateCondition ReadCondition(JsonElement json, string member) => Find(json, member) is { } condition ? TemplateCondition.Parse(condition, _tables) : TemplateCondition.None;

    private TextTemplate? OptionalText(JsonElement json, string member) => Find(json, member) is { } text ? Text(text) : null;

    private TextTemplate Text(JsonElement json) => TextTemplate.Parse(json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText(), _tables);

    private static JsonElement? Find(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out JsonElement value) ? value : null;

    private static JsonElement.ObjectEnumerator Members(JsonElement json, string member) => Find(json, member) is { } section ? section.EnumerateObject() : default;

    private static JsonElement.ArrayEnumerator Items(JsonElement json, string member) => Find(json, member) is { } section ? section.EnumerateArray() : default;
}
