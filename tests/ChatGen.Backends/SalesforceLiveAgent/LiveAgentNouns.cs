using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.SalesforceLiveAgent;

/// <summary>What a client posts.</summary>
internal sealed class LiveAgentNouns(SalesforceLiveAgentConversation session, SalesforceLiveAgentOptions options, bool isOpen)
{
    public const string ResyncState = "Chasitor/ChasitorResyncState";
    private const string Init = "Chasitor/ChasitorInit";
    private const string Multi = "System/MultiNoun";

    private static readonly string[] s_known =
    [
        Init, ResyncState, Multi, "Chasitor/ChatMessage", "Chasitor/ChasitorTyping", "Chasitor/ChasitorNotTyping", "Chasitor/ChasitorSneakPeek",
        "Chasitor/ChatEnd", "Chasitor/CustomEvent", "Chasitor/ChasitorIdleTimeoutWarningEvent",
    ];

    public static void RequireKnown(string path)
    {
        if (!s_known.Contains(path))
        {
            throw LiveAgentRefusals.NotFound();
        }
    }

    public void Post(string path, ReadOnlyMemory<byte> body)
    {
        // Typing has no content, and none is needed to say so.
        JsonObject? json = body.IsEmpty && path is "Chasitor/ChasitorTyping" or "Chasitor/ChasitorNotTyping" ? [] : JsonMembers.TryParse(body.Span);
        Post(path, json ?? throw LiveAgentRefusals.BadRequest("the content is no JSON object"));
    }

    private void Post(string path, JsonObject json)
    {
        if (path != Multi && session.IsRequested == (path == Init))
        {
            throw LiveAgentRefusals.BadRequest(session.IsRequested ? "a chat was requested already" : "no chat was requested");
        }

        if (session.IsEnded && path != Init)
        {
            throw LiveAgentRefusals.SessionNotValid("the chat has ended");
        }

        JsonMembers members = new(json, "", LiveAgentRefusals.Member);
        switch (path)
        {
            case Init:
                Request(members);
                break;
            case ResyncState:
                Require(members, "organizationId", options.OrganizationId);
                members.RefuseOthers();
                break;
            case Multi:
                PostAll(members);
                break;
            case "Chasitor/ChatMessage":
                string text = members.RequiredText("text");
                members.RefuseOthers();
                session.Say(text);
                break;
            case "Chasitor/ChasitorTyping" or "Chasitor/ChasitorNotTyping":
                members.RefuseOthers();
                session.SetVisitorTyping(path == "Chasitor/ChasitorTyping");
                break;
            case "Chasitor/ChasitorSneakPeek":
                members.RequiredInteger("position");
                string typed = members.RequiredAnyText("text");
                members.RefuseOthers();
                session.SetVisitorTyping(session.VisitorIsTyping, typed);
                break;
            case "Chasitor/ChatEnd":
                Require(members, "reason", "client");
                members.RefuseOthers();
                session.EndChat(EmulatedEnd.Visitor, "client");
                break;
            case "Chasitor/CustomEvent":
                (string type, string data) = (members.RequiredText("type"), members.RequiredAnyText("data"));
                members.RefuseOthers();
                session.AddCustomEvent(type, data);
                break;
            default:
                if (members.RequiredText("idleTimeoutWarningEvent") is not ("triggered" or "cleared"))
                {
                    throw LiveAgentRefusals.BadRequest("'idleTimeoutWarningEvent' is neither 'triggered' nor 'cleared'");
                }

                members.RefuseOthers();
                break;
        }
    }

    private static void Require(JsonMembers members, string name, string value)
    {
        if (members.RequiredText(name) != value)
        {
            throw LiveAgentRefusals.BadRequest($"'{name}' is not '{value}'");
        }
    }

    private void Request(JsonMembers members)
    {
        Require(members, "organizationId", options.OrganizationId);
        Require(members, "deploymentId", options.DeploymentId);
        Require(members, "buttonId", options.ButtonId);
        Require(members, "sessionId", session.Id);
        members.RequiredText("userAgent");
        members.RequiredText("language");
        members.RequiredText("screenResolution");
        string visitorName = members.RequiredText("visitorName");
        (string Label, string Value)[] details = [.. members.RequiredObjects("prechatDetails").Select(ReadDetail)];
        foreach (JsonMembers entity in members.RequiredObjects("prechatEntities"))
        {
            ReadEntity(entity);
        }

        members.RequiredFlag("receiveQueueUpdates");
        if (!members.RequiredFlag("isPost"))
        {
            throw LiveAgentRefusals.BadRequest("'isPost' is not true");
        }

        // To route to certain agents first.
        members.OptionalText("agentId");
        members.OptionalFlag("doFallback");
        members.OptionalTexts("buttonOverrides");
        members.RefuseOthers();
        if (!isOpen)
        {
            session.RefuseRequest("Unavailable");
            return;
        }

        JsonArray customDetails = [.. details.Select(detail => new JsonObject { ["label"] = detail.Label, ["value"] = detail.Value, ["transcriptFields"] = new JsonArray(), ["displayToAgent"] = true })];
        session.Request(visitorName, details.Select(detail => KeyValuePair.Create(detail.Label, detail.Value)), customDetails);
    }

    private static (string Label, string Value) ReadDetail(JsonMembers detail)
    {
        string label = detail.RequiredText("label");
        string value = detail.RequiredAnyText("value");
        detail.OptionalTexts("transcriptFields");
        detail.OptionalFlag("displayToAgent");

        // One name is that of the vendor's example, the other that of its table and of clients.
        detail.OptionalArray("entityFieldMaps");
        detail.OptionalArray("entityMaps");
        detail.RefuseOthers();
        return (label, value);
    }

    private static void ReadEntity(JsonMembers entity)
    {
        entity.RequiredText("entityName");
        entity.RequiredArray("entityFieldsMaps");
        entity.OptionalFlag("showOnCreate");
        entity.OptionalText("linkToEntityName");
        entity.OptionalText("linkToEntityField");
        entity.OptionalText("saveToTranscript");
        entity.RefuseOthers();
    }

    private void PostAll(JsonMembers members)
    {
        foreach (JsonMembers noun in members.RequiredObjects("nouns"))
        {
            string path = $"{noun.RequiredText("prefix")}/{noun.RequiredText("noun")}";
            RequireKnown(path);
            if (path == Multi)
            {
                throw LiveAgentRefusals.BadRequest("batches do not hold batches");
            }

            JsonObject json = noun.OptionalJson("object") ?? [];
            noun.RefuseOthers();
            Post(path, json);
        }

        members.RefuseOthers();
    }
}
