using System.Globalization;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads <c>events</c>: where they come from.</summary>
/// <param name="context">What can be named.</param>
/// <param name="rest">The mapping.</param>
/// <param name="steps">Reads what is sent.</param>
internal sealed class EventSourceReader(RestContext context, SectionReader rest, StepReader steps)
{
    private static readonly string[] s_sources = ["poll", "longPoll", "webSocket", "bayeux"];

    private string? _request;

    /// <summary>Reads what is sent to have events, so that it is known who sends which request.</summary>
    /// <param name="section">The section.</param>
    /// <returns>The request that asks for events, if one does.</returns>
    public string? ReadSteps(SectionReader section)
    {
        if (section.OptionalSection("poll") is { } poll)
        {
            _request = ReadPoll(poll);
        }

        if (section.OptionalSection("longPoll") is { } longPoll)
        {
            _request = ReadLongPoll(longPoll) ?? _request;
        }

        if (section.Get("resume") is { } resume)
        {
            steps.Read(resume, $"{section.Name}.resume", null);
        }

        if (section.Get("catchUp") is { } catchUp)
        {
            steps.Read(catchUp, $"{section.Name}.catchUp", null);
        }

        return _request;
    }

    /// <summary>Reads the rest.</summary>
    /// <param name="section">The section.</param>
    /// <param name="answer">The type of what the request for events answers, if it is known.</param>
    public void Read(SectionReader section, TypeModel? answer)
    {
        JsonMember[] sources = [.. section.Node.Members.Where(member => s_sources.Contains(member.Name))];
        if (sources.Length == 0)
        {
            section.Report(section.Node, $"'{section.Name}' must have 'poll', 'longPoll', 'webSocket' or 'bayeux'");
        }

        foreach (JsonMember more in sources.Skip(1))
        {
            section.Report(more.NameNode, $"'{section.Name}' has '{sources[0].Name}' already; events come from one source");
        }

        ReadWebSocket(section.OptionalSection("webSocket"));
        ReadBayeux(section.OptionalSection("bayeux"));
        TypeModel? entry = ReadEntries(section, answer, isNeeded: sources.Any(source => source.Name is "poll" or "longPoll"));
        if (section.Get("id") is { } id)
        {
            ReadText(section, "id", id, new TemplateReader(context, TemplateSources.Event, "'id'", entry));
        }

        EventRuleReader.Read(context, section.Get("map"), $"{section.Name}.map", entry);
        EventRuleReader.Read(context, section.Get("answers"), $"{section.Name}.answers", answer);
        section.ReportUnknown();
    }

    private string? ReadPoll(SectionReader poll)
    {
        string? request = steps.ReadRequest(poll, null, false);
        if (poll.Get("intervalSeconds") is { } interval)
        {
            CheckSeconds(poll, "intervalSeconds", interval);
        }

        poll.ReportUnknown();
        return request;
    }

    private string? ReadLongPoll(SectionReader poll)
    {
        string? request = steps.ReadRequest(poll, null, false);
        if (poll.Get("timeoutSeconds") is { } timeout)
        {
            if (timeout is JsonStringNode text)
            {
                new TemplateReader(context, TemplateSources.State, "'timeoutSeconds'").ReadText(text);
            }
            else
            {
                CheckSeconds(poll, "timeoutSeconds", timeout);
            }
        }

        poll.ReportUnknown();
        return request;
    }

    private void ReadWebSocket(SectionReader? socket)
    {
        if (socket is null)
        {
            return;
        }

        var templates = new TemplateReader(context, TemplateSources.Connection, "'webSocket'");
        if (socket.Get("url") is { } url)
        {
            RequestAddress.ReadUrl(context, url, $"{socket.Name}.url", templates, rest.Node["allowedHosts"] is not null, "wss", "ws", "https", "http");
        }
        else
        {
            socket.String("url");
        }

        HeaderReader.Read(context, socket.OptionalSection("headers"), templates, null);
        if (socket.OptionalString("subprotocol") is { } subprotocol && !HeaderText.IsName(subprotocol))
        {
            socket.Report(socket.Node["subprotocol"]!, $"'{subprotocol}' is no name of a subprotocol");
        }

        switch (socket.Get("onOpen"))
        {
            case null:
                break;
            case JsonArrayNode messages:
                templates.Read(messages);
                break;
            case { } other:
                socket.Report(other, $"'{socket.Name}.onOpen' must be an array of messages");
                break;
        }

        if (socket.Get("readyWhen") is { } ready)
        {
            ConditionReader.Read(context, ready, $"{socket.Name}.readyWhen", new TemplateReader(context, TemplateSources.Event, "'readyWhen'"));
        }

        if (socket.OptionalSection("heartbeat") is { } heartbeat)
        {
            if (heartbeat.Get("intervalSeconds") is { } interval)
            {
                CheckSeconds(heartbeat, "intervalSeconds", interval);
            }
            else
            {
                heartbeat.Section("intervalSeconds");
            }

            if (heartbeat.Get("send") is { } send)
            {
                templates.Read(send);
            }
            else
            {
                heartbeat.Section("send");
            }

            heartbeat.ReportUnknown();
        }

        socket.ReportUnknown();
    }

    private void ReadBayeux(SectionReader? bayeux)
    {
        if (bayeux is null)
        {
            return;
        }

        var templates = new TemplateReader(context, TemplateSources.State, "'bayeux'");
        if (bayeux.Get("url") is { } url)
        {
            RequestAddress.ReadPath(context, url, $"{bayeux.Name}.url", templates);
        }
        else
        {
            bayeux.String("url");
        }

        switch (bayeux.Get("subscribe"))
        {
            case null:
                break;
            case JsonArrayNode channels:
                foreach (JsonNode channel in channels.Items)
                {
                    BayeuxChannels.Read(context, channel, $"{bayeux.Name}.subscribe", templates, isPattern: true);
                }

                break;
            case { } other:
                bayeux.Report(other, $"'{bayeux.Name}.subscribe' must be an array of channels");
                break;
        }

        bayeux.ReportUnknown();
    }

    /// <summary>The type of an entry, if it is known.</summary>
    private TypeModel? ReadEntries(SectionReader section, TypeModel? answer, bool isNeeded)
    {
        if (section.Get("entries") is not { } node)
        {
            if (isNeeded)
            {
                section.String("entries");
            }

            return null;
        }

        return EntriesReader.Read(context, section, node, answer);
    }

    private static TemplateSyntax? ReadText(SectionReader section, string member, JsonNode node, TemplateReader templates)
    {
        if (node is JsonStringNode text)
        {
            return templates.ReadText(text);
        }

        section.Report(node, $"'{section.Name}.{member}' must be a template: a string");
        return null;
    }

    /// <summary>Reports what is no time above 0 s and up to an hour.</summary>
    public static void CheckSeconds(SectionReader section, string member, JsonNode node)
    {
        if (!(node is JsonNumberNode number && decimal.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds) && seconds is > 0 and <= 3600))
        {
            section.Report(node, $"'{section.Name}.{member}' must be a number above 0 and at most 3600");
        }
    }
}
