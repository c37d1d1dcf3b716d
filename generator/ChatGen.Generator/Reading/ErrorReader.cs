using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>Reads <c>x-chat.errors</c> and the definition that carries <c>x-chat-codes</c>.</summary>
internal static class ErrorReader
{
    private static readonly string[] s_recoveries = ["retry", "rehandshake", "resume", "fatal", "ended"];

    public static ErrorsModel Read(SectionReader? section, SchemaObjectModel schemas, ReadTypes types, DiagnosticBag diagnostics)
    {
        string? definition = types.CodesDefinition;
        JsonSchema? schema = definition is null ? null : schemas.Find(definition);
        JsonObjectNode? node = schema is null ? null : (JsonObjectNode)schemas.NodeOf(schema);
        var model = new ErrorsModel(
            types.ErrorsName,
            schema?.Description,
            ReadCodes(node, types.ErrorsName, diagnostics),
            ReadRanges(node, diagnostics),
            section?.String("member", "error") ?? "error",
            section?.String("code", "code") ?? "code",
            section?.String("description", "description") ?? "description",
            ReadCode(section, "connection"),
            ReadCode(section, "library"));
        section?.ReportUnknown();
        return model;
    }

    private static string ReadCode(SectionReader? section, string member) => section?.Number(member, "0") is { } text && NumberText.TryParseInt32(text, out int code) ? NumberText.Write(code) : "0";

    private static EquatableArray<ErrorCodeModel> ReadCodes(JsonObjectNode? node, string className, DiagnosticBag diagnostics)
    {
        var codes = new List<ErrorCodeModel>();
        if (node?["x-chat-codes"] is not JsonObjectNode entries)
        {
            return codes.ToEquatableArray();
        }

        string[] taken = ["Catalog", TypeNames.ErrorValues, "Equals", "ReferenceEquals", "ToString", "GetHashCode", "GetType", "MemberwiseClone", "Finalize", className];
        var names = new HashSet<string>(taken, StringComparer.Ordinal);
        var byCode = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((JsonMember member, SectionReader entry) in new SectionReader(entries, "x-chat-codes", diagnostics).Sections())
        {
            string name = Names.Of(entry.Node, member.Name, diagnostics);
            JsonNode? code = entry.Get("code");
            string? value = code switch
            {
                JsonStringNode { Value.Length: > 0 } text => text.Value,
                JsonNumberNode number when NumberText.TryParseInt32(number.Text, out int parsed) => NumberText.Write(parsed),
                _ => null,
            };
            string key = $"{code?.GetType().Name}:{value}";
            if (value is null)
            {
                entry.Report(code ?? entry.Node, $"'{entry.Name}.code' must be a 32-bit integer or a string");
            }
            else if (byCode.TryGetValue(key, out string? other))
            {
                diagnostics.Add(Descriptors.CodeClash, code!, value, other);
            }
            else if (!names.Add(name))
            {
                diagnostics.Add(Descriptors.NameClash, member.NameNode, member.Name, name);
            }
            else
            {
                byCode.Add(key, member.Name);
                codes.Add(new ErrorCodeModel(name, value, code is JsonStringNode, entry.String("description"), Origin(entry), Recovery(entry)));
            }

            entry.Get("description");
            entry.Get("x-chat-name");
            Origin(entry);
            Recovery(entry);
            entry.ReportUnknown();
        }

        return codes.ToEquatableArray();
    }

    private static EquatableArray<ErrorRangeModel> ReadRanges(JsonObjectNode? node, DiagnosticBag diagnostics)
    {
        var ranges = new List<ErrorRangeModel>();
        switch (node?["x-chat-ranges"])
        {
            case null:
                break;
            case JsonArrayNode array:
                foreach (JsonNode item in array.Items)
                {
                    if (item is not JsonObjectNode entry)
                    {
                        diagnostics.Add(Descriptors.WrongValue, item, "x-chat-ranges", "an array of objects");
                        continue;
                    }

                    var section = new SectionReader(entry, "x-chat-ranges", diagnostics);
                    int? from = section.Integer("from");
                    int? to = section.Integer("to");
                    if (from > to)
                    {
                        section.Report(entry["to"]!, "'to' must not be below 'from'");
                    }

                    ranges.Add(new ErrorRangeModel(
                        section.String("name"), from ?? 0, to ?? -1, section.String("description"), Origin(section), Recovery(section)));
                    section.ReportUnknown();
                }

                break;
            case { } other:
                diagnostics.Add(Descriptors.WrongValue, other, "x-chat-ranges", "an array of objects");
                break;
        }

        return ranges.ToEquatableArray();
    }

    private static string Origin(SectionReader section) => section.Choice("origin", "server", "client") ?? "server";

    private static string Recovery(SectionReader section) => section.Choice("recovery", s_recoveries) ?? "fatal";
}
