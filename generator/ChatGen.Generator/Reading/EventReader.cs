using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading;

/// <summary>Reads <c>x-chat.events</c>.</summary>
internal static class EventReader
{
    public static EventsModel Read(SectionReader? section, SchemaObjectModel schemas, DiagnosticBag diagnostics)
    {
        if (section is null)
        {
            return new EventsModel("type", "index", "timestamp", EquatableArray<EventModel>.Empty, null, null, null);
        }

        string discriminator = section.String("discriminator", "type");
        var types = new List<EventModel>();
        var wireNames = new HashSet<string>(StringComparer.Ordinal);
        var roles = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var payloads = new HashSet<string>(StringComparer.Ordinal);
        string? onLeave = null;
        string? onLost = null;
        string? errorMember = null;
        foreach ((JsonMember member, SectionReader entry) in section.Section("types")?.Sections() ?? [])
        {
            string wireName = entry.String("wire", member.Name);
            string? payload = ReadPayload(entry, schemas, diagnostics);
            bool keptInHistory = entry.Boolean("history", false);
            string role = entry.Choice("role", "ended", "error", "interrupted", "continued") ?? "none";
            SectionReader? leave = entry.OptionalSection("onLeave");
            SectionReader? lost = entry.OptionalSection("onLost");
            string? error = entry.OptionalString("error");
            string name = Names.Of(entry.Node, member.Name, diagnostics);
            entry.Get("x-chat-name");
            entry.ReportUnknown();
            if (!names.Add(name))
            {
                diagnostics.Add(Descriptors.NameClash, member.NameNode, member.Name, name);
            }
            else if (!wireNames.Add(wireName))
            {
                entry.Report(entry.Node["wire"] ?? member.NameNode, $"The wire name '{wireName}' is taken by another event");
            }
            else if (role != "none" && !roles.Add(role))
            {
                entry.Report(entry.Node["role"]!, $"The role '{role}' is taken by another event");
            }
            else if (payload is not null && !payloads.Add(payload))
            {
                entry.Report(entry.Node["payload"]!, $"The definition '{payload}' is the payload of another event already");
            }
            else if (payload is not null)
            {
                onLeave = leave is null ? onLeave : JsonText.Write(discriminator, wireName, leave.Node);
                onLost = lost is null ? onLost : JsonText.Write(discriminator, wireName, lost.Node);
                errorMember = error ?? errorMember;
                types.Add(new EventModel(member.Name, name, wireName, payload, keptInHistory, role));
            }
        }

        var model = new EventsModel(
            discriminator, section.String("index", "index"), section.String("timestamp", "timestamp"), types.ToEquatableArray(), onLeave, onLost, errorMember);
        section.ReportUnknown();
        return model;
    }

    private static string? ReadPayload(SectionReader entry, SchemaObjectModel schemas, DiagnosticBag diagnostics)
    {
        switch (entry.Get("payload"))
        {
            case JsonObjectNode { Members: [{ Name: "$ref", Value: JsonStringNode reference }] }:
                return References.Resolve(reference, schemas, diagnostics, name =>
                    schemas.Find(name)!.Type == NJsonSchema.JsonObjectType.Object ? null : "of type 'object'");
            case { } other:
                entry.Report(other, $"'{entry.Name}.payload' must be a reference: {{ \"$ref\": \"#/definitions/…\" }}");
                return null;
            case null:
                entry.Report(entry.Node, $"'{entry.Name}' lacks the member 'payload'");
                return null;
        }
    }
}
