using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads one request of <c>requests</c>.</summary>
/// <param name="context">What can be named.</param>
/// <param name="rest">The mapping.</param>
/// <param name="commonHeaders">The headers of every request.</param>
/// <param name="commonUses">The placeholders in them.</param>
internal sealed class RequestReader(
    RestContext context, SectionReader rest, IReadOnlyList<(string Name, TemplateSyntax? Value)> commonHeaders, IReadOnlyList<TemplateUse> commonUses)
{
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    private readonly HashSet<TemplateUse> _reportedUses = [];

    /// <summary>Reads it.</summary>
    /// <param name="section">The request.</param>
    /// <param name="name">Its name.</param>
    /// <param name="uses">Who sends it.</param>
    /// <returns>It as a method; <see langword="null"/> if it is none.</returns>
    public RestRequestModel? Read(SectionReader section, string name, IReadOnlyList<RequestUse> uses)
    {
        string? description = section.OptionalString("description");
        string csharpName = Names.Of(section.Node, name, context.Diagnostics);
        section.Get("x-chat-name");
        string? address = RequestAddress.Find(section);
        var templates = new TemplateReader(context, TemplateSources.Request, "a request");
        var body = new TemplateReader(context, TemplateSources.Request, "a request");
        string? method = ReadMethod(section, address);
        TemplateSyntax? target = ReadAddress(section, address, templates);
        var parameters = new ParameterReader(context, uses);
        parameters.Add(target, address == "url" && target?.Single is not null ? RestParameterPlace.Url : RestParameterPlace.Path, "");

        List<(string Name, TemplateSyntax? Value)> headers = HeaderReader.Read(context, section.OptionalSection("headers"), templates, [.. commonHeaders.Select(header => header.Name)]);
        (string Name, TemplateSyntax? Value)[] all =
        [
            .. commonHeaders.Where(common => !headers.Exists(own => own.Name.Equals(common.Name, StringComparison.OrdinalIgnoreCase))),
            .. headers.Where(header => header.Value is not null),
        ];
        foreach ((string header, TemplateSyntax? value) in address == "publish" ? [] : all)
        {
            parameters.Add(value, RestParameterPlace.Header, header);
        }

        foreach (JsonMember member in section.OptionalSection("query")?.Node.Members.Where(member => member.Name != "$comment") ?? [])
        {
            if (member.Value is JsonStringNode text)
            {
                parameters.Add(templates.ReadText(text), RestParameterPlace.Query, member.Name);
            }
            else if (member.Value is not (JsonNumberNode or JsonBooleanNode))
            {
                section.Report(member.Value, $"'{section.Name}.query.{member.Name}' must be a template, a number or a Boolean");
            }
        }

        RestBodyModel? bodyModel = new BodyReader(context, uses).Read(section, method, address, body, parameters);
        RequestUse[] results = [.. uses.Where(use => use is { GivesResult: true, Operation: not null })];
        (string? result, bool isDownload) = ReadResult(section, name, results);
        CheckOptions(templates, uses, allowsFiles: false);
        CheckOptions(body, uses, allowsFiles: bodyModel is { Encoding: RestEncoding.Multipart or RestEncoding.File });
        CheckCommonHeaders(uses, all);
        CheckText(templates, uses);
        TypeModel? answer = result is null ? null : new RecordType(result);
        ReadAnswer(section, address, results, uses.Count > 0, answer);
        ReadReplyCondition(section, answer, uses);
        if (section.Get("entries") is { } entries)
        {
            EntriesReader.Read(context, section, entries, answer);
        }

        ReadSuccess(section);
        section.Boolean("events", true);
        section.Boolean("idempotent", false);
        section.ReportUnknown();
        return address is null or "publish" || method is null || target is null
            ? null
            : new RestRequestModel(
                name, csharpName, description, method, address == "url" ? null : parameters.Route(target),
                all.Where(header => header.Value!.Parts.All(part => part.Placeholder is null))
                    .Select(header => $"{header.Name}: {string.Concat(header.Value!.Parts.Select(part => part.Text))}").ToEquatableArray(),
                parameters.Parameters.ToEquatableArray(), bodyModel, result, isDownload);
    }

    private static string? ReadMethod(SectionReader section, string? address)
    {
        if (address == "publish")
        {
            if (section.Get("method") is { } given)
            {
                section.Report(given, $"'{section.Name}' is published, so that it has no HTTP method");
            }

            foreach (string other in (string[])["query", "headers", "success"])
            {
                if (section.Node.Find(other) is { } member)
                {
                    section.Get(other);
                    section.Report(member.NameNode, $"'{section.Name}' is published, so that '{other}' has no effect");
                }
            }

            return null;
        }

        string? method = section.Choice("method", s_methods);
        if (method is null && section.Node["method"] is null)
        {
            section.Report(section.Node, $"'{section.Name}' needs an HTTP method");
        }

        return method;
    }

    private TemplateSyntax? ReadAddress(SectionReader section, string? address, TemplateReader templates)
    {
        switch (address)
        {
            case "path":
                return RequestAddress.ReadPath(context, section.Get(address)!, $"{section.Name}.path", templates);
            case "url":
                return RequestAddress.ReadUrl(context, section.Get(address)!, $"{section.Name}.url", templates, rest.Node["allowedHosts"] is not null, "https", "http");
            case "publish":
                JsonNode channel = section.Get(address)!;
                if ((rest.Node["events"] as JsonObjectNode)?["bayeux"] is null)
                {
                    section.Report(section.Node.Find(address)!.NameNode, $"'{section.Name}' is published over Bayeux, but the mapping has no 'events.bayeux'");
                }

                return BayeuxChannels.Read(context, channel, $"{section.Name}.publish", templates);
            default:
                return null;
        }
    }

    private (string? Result, bool IsDownload) ReadResult(SectionReader section, string name, RequestUse[] results)
    {
        bool isDownload = false;
        string? result = null;
        switch (section.Get("result"))
        {
            case null:
                // With an 'answer' the body is not the result.
                if (section.Node["answer"] is null && context.Operations.TryGetValue(name, out OperationModel? operation))
                {
                    result = operation.Result;
                    isDownload = operation.AnswersFile;
                }

                break;
            case JsonStringNode { Value: "file" }:
                isDownload = true;
                break;
            case { } node:
                result = DefinitionReader.Read(context, node, $"{section.Name}.result", orElse: ", or \"file\"");
                break;
        }

        foreach (RequestUse use in results)
        {
            OperationModel operation = use.Operation!;
            if (operation.AnswersFile && !isDownload)
            {
                section.Report(section.Node["result"] ?? section.Node, $"'{operation.Name}' answers a file, so '{section.Name}.result' must be \"file\"");
            }
            else if (isDownload && operation.Result is not null && section.Node["answer"] is null)
            {
                section.Report(section.Node["result"] ?? section.Node, $"'{section.Name}' answers a file, but '{operation.Name}' a '{operation.Result}'; give the command '\"result\": \"file\"'");
            }
        }

        return (result, isDownload);
    }

    /// <summary>Reports placeholders of options that lead to nothing, for whoever sends the request.</summary>
    private void CheckOptions(TemplateReader templates, IReadOnlyList<RequestUse> uses, bool allowsFiles)
    {
        foreach (TemplateUse placeholder in templates.Uses.Where(use => use.Placeholder.Kind == TemplateSourceKind.Options))
        {
            foreach (OptionsPath path in uses.Select(use => OptionsPath.Of(context, use, placeholder.Placeholder.Path)))
            {
                if (path.Problem is not null)
                {
                    context.Report(placeholder, $"'{placeholder.Placeholder.Source}' leads to nothing: {path.Problem}");
                    break;
                }

                if (path.Property is { IsFile: true } && !allowsFiles)
                {
                    context.Report(placeholder, $"'{placeholder.Placeholder.Source}' is a file, which only a body of the encoding 'multipart' or 'file' can send");
                    break;
                }
            }
        }
    }

    /// <summary>The common headers go with every request, so that options in them must be there for all who send one.</summary>
    private void CheckCommonHeaders(IReadOnlyList<RequestUse> uses, (string Name, TemplateSyntax? Value)[] headers)
    {
        foreach (TemplateUse placeholder in commonUses.Where(use => use.Placeholder.Kind == TemplateSourceKind.Options))
        {
            if (!headers.Any(header => header.Value!.Parts.Any(part => part.Placeholder == placeholder.Placeholder)))
            {
                continue;
            }

            if (uses.Select(use => OptionsPath.Of(context, use, placeholder.Placeholder.Path).Problem).FirstOrDefault(problem => problem is not null) is { } found && _reportedUses.Add(placeholder))
            {
                context.Report(placeholder, $"'{placeholder.Placeholder.Source}' leads to nothing: {found}");
            }
        }
    }

    /// <summary>What stands in text must have a text.</summary>
    private void CheckText(TemplateReader templates, IReadOnlyList<RequestUse> uses)
    {
        foreach (TemplateUse placeholder in templates.Uses.Where(use => use.Placeholder.Kind == TemplateSourceKind.Options && use.Placeholder.Filters.Count == 0))
        {
            if (uses.Select(use => OptionsPath.Of(context, use, placeholder.Placeholder.Path)).Any(path => path.Problem is null && IsComposed(path.Type)))
            {
                context.Report(placeholder, $"'{placeholder.Placeholder.Source}' is no text but an object or an array; say '{{{placeholder.Placeholder.Source}|json}}' for its JSON");
            }
        }

        static bool IsComposed(TypeModel? type) => (type is NullableType nullable ? nullable.Item : type) is RecordType or ListType or DictionaryType or BuiltInType { Kind: BuiltInKind.JsonObject or BuiltInKind.ChatEvent };
    }

    /// <summary>What tells the answer from other messages on the channel.</summary>
    private void ReadReplyCondition(SectionReader section, TypeModel? answer, IReadOnlyList<RequestUse> uses)
    {
        if (section.Get("replyWhen") is not { } condition)
        {
            return;
        }

        if (section.Node["reply"] is not JsonStringNode { Value: "next" })
        {
            section.Report(section.Node.Find("replyWhen")!.NameNode, $"'{section.Name}.replyWhen' tells which message on the channel is the answer; it needs '\"reply\": \"next\"'");
        }

        var templates = new TemplateReader(context, TemplateSources.Reply, "'replyWhen'", answer);
        ConditionReader.Read(context, condition, $"{section.Name}.replyWhen", templates);
        CheckOptions(templates, uses, allowsFiles: false);
    }

    private void ReadAnswer(SectionReader section, string? address, RequestUse[] results, bool isUsed, TypeModel? result)
    {
        string? reply = section.Choice("reply", "acknowledgement", "next");
        if (section.Node.Find("reply") is { } given && (address is "path" or "url"))
        {
            section.Report(given.NameNode, $"'{section.Name}.reply' says how what is published is answered; a request over HTTP has its own answer");
        }

        bool hasAnswer = address != "publish" || reply == "next";
        foreach (string member in (string[])["take", "answer", "result"])
        {
            if (!hasAnswer && section.Node.Find(member) is { } useless)
            {
                section.Report(useless.NameNode, $"'{section.Name}' is answered by an acknowledgement, which has no content; say '\"reply\": \"next\"' if the answer is the next message on the channel");
            }
        }

        if (!hasAnswer && results.FirstOrDefault(use => use.Operation!.Result is not null || use.Operation.AnswersFile) is { Operation: { } unanswered })
        {
            section.Report(section.Node.Find("publish")!.NameNode, $"'{unanswered.Name}' has a result, but '{section.Name}' is answered by an acknowledgement, which has no content; say '\"reply\": \"next\"' if the answer is the next message on the channel");
        }

        StateReader.ReadTake(context, section.OptionalSection("take"), result);
        if (section.Get("answer") is not { } answer)
        {
            return;
        }

        var templates = new TemplateReader(context, TemplateSources.Answer, "'answer'", result);
        templates.Read(answer);
        foreach (TemplateUse use in templates.Uses.Where(use => use.Placeholder.Kind == TemplateSourceKind.Options))
        {
            if (results.Select(one => OptionsPath.Of(context, one, use.Placeholder.Path).Problem).FirstOrDefault(problem => problem is not null) is { } found)
            {
                context.Report(use, $"'{use.Placeholder.Source}' leads to nothing: {found}");
            }
        }

        OperationModel[] answered = [.. results.Select(use => use.Operation!).Where(operation => operation.Result is not null).Distinct()];
        if (answered.Length == 0 && isUsed)
        {
            section.Report(section.Node.Find("answer")!.NameNode, $"'{section.Name}.answer' has no effect: no operation with a result ends with this request");
        }

        foreach (OperationModel operation in answered)
        {
            new ShapeCheck(context, $"the result of '{operation.Name}'").Check(answer, new RecordType(operation.Result!));
        }
    }

    private static void ReadSuccess(SectionReader section)
    {
        if (section.Get("success") is not { } node)
        {
            return;
        }

        if (node is not JsonArrayNode { Items.Count: > 0 } array)
        {
            section.Report(node, $"'{section.Name}.success' must be an array of HTTP statuses");
            return;
        }

        foreach (JsonNode item in array.Items.Where(item => !HttpStatuses.IsStatus(item)))
        {
            section.Report(item, $"'{section.Name}.success' must have HTTP statuses, from 100 to 599");
        }
    }
}
