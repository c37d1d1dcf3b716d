using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads <c>x-chat.transports.rest</c>: its names first, then who sends which request, then the requests.</summary>
internal sealed class RestReader
{
    private readonly RestContext _context;
    private readonly SectionReader _rest;
    private readonly List<RequestUse> _uses = [];
    private readonly StepReader _steps;

    private RestReader(RestContext context, SectionReader rest)
    {
        _context = context;
        _rest = rest;
        _steps = new StepReader(context, _uses);
    }

    public static RestResult Read(SectionReader rest, RestContext context) => new RestReader(context, rest).Read();

    private RestResult Read()
    {
        string name = InterfaceName.Read(_rest, _context.Types);
        (JsonMember Member, SectionReader Section)[] requests = [.. _rest.Section("requests")?.Sections() ?? []];
        _context.RequestNames.AddRange(requests.Select(request => request.Member.Name));
        StateReader.ReadNames(_context, _rest);
        StateReader.ReadValues(_context, _rest.OptionalSection("values"));
        StateReader.ReadTake(_context, _rest.OptionalSection("take"), null);
        HostReader.Read(_rest);
        if (_rest.Get("timeoutSeconds") is { } timeout)
        {
            EventSourceReader.CheckSeconds(_rest, "timeoutSeconds", timeout);
        }

        (HashSet<string> mapped, HashSet<string> declined) = ReadOperations();
        SectionReader? events = _rest.OptionalSection("events");
        var source = new EventSourceReader(_context, _rest, _steps);
        string? eventsRequest = events is null ? null : source.ReadSteps(events);

        var commonTemplates = new TemplateReader(_context, TemplateSources.Request, "a request");
        List<(string Name, TemplateSyntax? Value)> headers = HeaderReader.Read(_context, _rest.OptionalSection("headers"), commonTemplates, null);
        var reader = new RequestReader(_context, _rest, headers, commonTemplates.Uses);
        var methods = new MethodNames(_context);
        var models = new List<RestRequestModel>();
        TypeModel? answer = null;
        foreach ((JsonMember member, SectionReader section) in requests)
        {
            RestRequestModel? model = reader.Read(section, member.Name, [.. _uses.Where(use => use.Request == member.Name)]);
            if (model is not null && methods.Take(model, member))
            {
                models.Add(model);
            }

            if (member.Name == eventsRequest)
            {
                answer = model?.Result is { } result ? new RecordType(result) : null;
                if (section.Node["events"] is JsonBooleanNode { Value: false } none)
                {
                    section.Report(none, $"'{section.Name}' is asked for events, so its answer must bring them");
                }
            }
        }

        if (events is not null)
        {
            source.Read(events, answer);
        }

        ErrorRuleReader.Read(_context, _rest.Get("errors"), $"{_rest.Name}.errors");
        _rest.ReportUnknown();
        return new RestResult(new RestModel(name, RestMapping.Write(_rest.Node, _context.LeaveCommand), models.ToEquatableArray()), mapped, declined);
    }

    /// <summary>Reads what each operation is carried out by; one that is not named, by the request of its name.</summary>
    private (HashSet<string> Mapped, HashSet<string> Declined) ReadOperations()
    {
        var mapped = new HashSet<string>(StringComparer.Ordinal);
        var declined = new HashSet<string>(StringComparer.Ordinal);
        SectionReader? section = _rest.OptionalSection("operations");
        foreach (JsonMember member in section?.Node.Members.Where(member => member.Name != "$comment") ?? [])
        {
            if (!_context.Operations.TryGetValue(member.Name, out OperationModel? operation))
            {
                _context.Report(member.NameNode, $"There is no operation '{member.Name}'; {Suggestion.For(member.Name, _context.Operations.Keys)}");
            }
            else if (member.Value is JsonNullNode)
            {
                declined.Add(member.Name);
            }
            else
            {
                mapped.Add(member.Name);
                _steps.Read(member.Value, $"{section!.Name}.{member.Name}", operation);
            }
        }

        foreach (OperationModel operation in _context.Operations.Values.Where(operation => !mapped.Contains(operation.Name) && !declined.Contains(operation.Name)))
        {
            if (_context.RequestNames.Contains(operation.Name))
            {
                mapped.Add(operation.Name);
                _uses.Add(new RequestUse(operation.Name, operation, null, GivesResult: true));
            }
        }

        if (!mapped.Contains(_context.Start.Name))
        {
            _rest.Report(
                section?.Node[_context.Start.Name] ?? _rest.Node.Find("requests")?.NameNode ?? (JsonNode)_rest.Node,
                $"'{_rest.Name}' has no request for '{_context.Start.Name}'; name one so, or say by 'operations' which it is");
        }

        return (mapped, declined);
    }
}
