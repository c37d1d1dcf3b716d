using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ChatGen.BackendSchemas.Tests.Pages;

/// <summary>Parley, as its vendor describes it on the page. Mary joins every chat, answers the first question and closes the chat.</summary>
internal sealed class ParleyServer : IAsyncDisposable
{
    private const int LongestText = 200;

    private readonly Lock _gate = new();
    private readonly List<JsonObject> _lines = [];
    private readonly List<string> _complaints = [];
    private readonly WebApplication _application;
    private int _tickets;
    private bool _isOpen = true;

    private ParleyServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public Uri Address => new(_application.Urls.Single());

    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_gate)
            {
                return [.. _complaints];
            }
        }
    }

    public static async Task<ParleyServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new ParleyServer();
        await server._application.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        JsonNode? body = request.HasJsonContentType() ? await JsonNode.ParseAsync(request.Body, cancellationToken: context.RequestAborted) : null;
        IFormCollection? form = request.HasFormContentType ? await request.ReadFormAsync(context.RequestAborted) : null;
        (int status, JsonObject? answer) = Answer($"{request.Method} {request.Path}", request, body, form);
        context.Response.StatusCode = status;
        if (answer is not null)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
        }
    }

    private (int Status, JsonObject? Answer) Answer(string asked, HttpRequest request, JsonNode? body, IFormCollection? form)
    {
        lock (_gate)
        {
            if (asked == "POST /v1/chats")
            {
                Demand((string?)body?["visitor"] == "Jane" && (string?)body["topic"] == "parcels", asked);
                Say("agent", "Mary", "joined", null);
                return (201, new JsonObject { ["chat"] = "c1", ["ticket"] = "ticket-0" });
            }

            // A ticket is good until a newer one was handed out, and once more, for a request that may have crossed it.
            string? text = form?["text"].ToString();
            string ticket = request.Headers["X-Ticket"].ToString();
            Demand(ticket == $"ticket-{_tickets}" || ticket == $"ticket-{_tickets - 1}", $"{asked} with the ticket '{ticket}'");
            switch (asked)
            {
                case "GET /v1/chats/c1/lines":
                    Demand(int.TryParse(request.Query["from"], out int from), asked + request.QueryString);
                    return (200, new JsonObject { ["open"] = _isOpen, ["lines"] = new JsonArray([.. _lines.Where(line => (int)line["no"]! >= from).Select(line => line.DeepClone())]) });
                case "POST /v1/chats/c1/lines" when text?.Length > LongestText:
                    return (422, new JsonObject { ["fault"] = "LONG", ["hint"] = "Be brief." });
                case "POST /v1/chats/c1/lines":
                    request.HttpContext.Response.Headers["X-Ticket"] = $"ticket-{++_tickets}";
                    Say("visitor", "Jane", "said", text);
                    Say("agent", "Mary", "said", "It is on its way.");
                    _isOpen = false;
                    return (201, null);
                case "POST /v1/chats/c1/end":
                    _isOpen = false;
                    return (204, null);
                default:
                    Demand(false, asked);
                    return (404, new JsonObject { ["fault"] = "UNKNOWN", ["hint"] = asked });
            }
        }
    }

    private void Demand(bool isRight, string what)
    {
        if (!isRight)
        {
            _complaints.Add(what);
        }
    }

    private void Say(string by, string name, string kind, string? text)
    {
        var line = new JsonObject { ["no"] = _lines.Count + 1, ["at"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(), ["by"] = by, ["name"] = name, ["kind"] = kind };
        if (text is not null)
        {
            line["text"] = text;
        }

        _lines.Add(line);
    }
}
