using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads what a request sends.</summary>
internal sealed class BodyReader(RestContext context, IReadOnlyList<RequestUse> uses)
{
    private static readonly string[] s_encodings = ["json", "form", "multipart", "file"];

    /// <summary>Reads it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="method">Its HTTP method, if it has one that is known.</param>
    /// <param name="address">The member that says where it goes.</param>
    /// <param name="templates">Reads the content.</param>
    /// <param name="parameters">Takes the parts of a body that is made of parameters.</param>
    public RestBodyModel? Read(SectionReader request, string? method, string? address, TemplateReader templates, ParameterReader parameters)
    {
        if (request.Node["body"] is null)
        {
            if (address == "publish")
            {
                CheckFiles(request, request.Node);
            }

            return null;
        }

        if (request.OptionalSection("body") is not { } body)
        {
            return null;
        }

        if (method == "GET")
        {
            request.Report(request.Node.Find("body")!.NameNode, $"'{request.Name}' is sent by GET, which has no body");
        }

        RestEncoding encoding = (body.Choice("encoding", s_encodings) ?? "json") switch
        {
            "form" => RestEncoding.Form,
            "multipart" => RestEncoding.Multipart,
            "file" => RestEncoding.File,
            _ => RestEncoding.Json,
        };
        if (address == "publish" && encoding != RestEncoding.Json)
        {
            body.Report(body.Node["encoding"]!, $"'{request.Name}' is published, so that its body is JSON");
        }

        JsonNode? content = body.Get("content");
        string? type = body.Get("type") is { } reference ? DefinitionReader.Read(context, reference, $"{body.Name}.type") : null;
        body.ReportUnknown();
        if (content is null)
        {
            return ReadOptionsAsBody(request, body, encoding, type);
        }

        templates.Read(content);
        switch (encoding)
        {
            case RestEncoding.File:
                ReadFile(body, content, templates, parameters);
                return new RestBodyModel(encoding, null);
            case RestEncoding.Json:
                break;
            default:
                if (content is not JsonObjectNode form)
                {
                    body.Report(content, $"'{body.Name}.content' must be an object: its members are the {(encoding == RestEncoding.Form ? "fields" : "parts")}");
                }
                else if (encoding == RestEncoding.Multipart)
                {
                    AddParts(form, "", parameters);
                }

                break;
        }

        return new RestBodyModel(encoding, encoding == RestEncoding.Multipart ? null : type);
    }

    private RestBodyModel? ReadOptionsAsBody(SectionReader request, SectionReader body, RestEncoding encoding, string? type)
    {
        if (encoding is RestEncoding.File or RestEncoding.Multipart)
        {
            body.Report(body.Node, $"'{body.Name}' needs 'content'{(encoding == RestEncoding.File ? " with a file of the options, such as '{options.file}'" : ": its members are the parts")}");
            return null;
        }

        if (!uses.Any(use => use.HasOptions))
        {
            // Whoever calls what no operation sends brings the body along.
            if (type is null && uses.Count > 0)
            {
                body.Report(body.Node, $"'{body.Name}' needs 'content': no operation with options sends this request");
                return null;
            }

            return new RestBodyModel(encoding, type);
        }

        CheckFiles(request, body.Node);
        return new RestBodyModel(encoding, type ?? OptionsRecord());
    }

    private void ReadFile(SectionReader body, JsonNode content, TemplateReader templates, ParameterReader parameters)
    {
        TemplateUse? only = templates.Uses.Count == 1 ? templates.Uses[0] : null;
        if (content is not JsonStringNode text || only is null || only.Placeholder.Kind != TemplateSourceKind.Options || only.Placeholder.Length != text.Value.Length || only.Placeholder.Filters.Count > 0)
        {
            body.Report(content, $"'{body.Name}.content' must be one file of the options, such as '{{options.file}}'");
            return;
        }

        if (uses.Select(use => OptionsPath.Of(context, use, only.Placeholder.Path)).Any(path => path is { Problem: null, Type: not null, Property: not { IsFile: true } }))
        {
            body.Report(content, $"'{only.Placeholder.Source}' is no file; only a property with '\"x-chat-service\": \"file\"' is");
            return;
        }

        parameters.AddFile(only.Placeholder, "");
    }

    /// <summary>The parts of a multipart body; nested objects become <c>userData[key]</c>.</summary>
    private void AddParts(JsonObjectNode content, string owner, ParameterReader parameters)
    {
        foreach (JsonMember member in content.Members)
        {
            string name = owner.Length == 0 ? member.Name : $"{owner}[{member.Name}]";
            switch (member.Value)
            {
                case JsonStringNode text:
                    CheckPart(text, isNested: owner.Length > 0);
                    parameters.Add(TemplateSyntax.Parse(text.Value, out _), RestParameterPlace.Part, name);
                    break;
                case JsonObjectNode inner:
                    AddParts(inner, name, parameters);
                    break;
            }
        }
    }

    /// <summary>A file is a part of its own.</summary>
    private void CheckPart(JsonStringNode node, bool isNested)
    {
        TemplateSyntax? template = TemplateSyntax.Parse(node.Value, out _);
        foreach (TemplatePlaceholder placeholder in template?.Parts.Select(part => part.Placeholder).OfType<TemplatePlaceholder>() ?? [])
        {
            if (placeholder.Kind == TemplateSourceKind.Options
                && (isNested || template!.Single is not { Filters.Count: 0 })
                && uses.Any(use => OptionsPath.Of(context, use, placeholder.Path) is { Property.IsFile: true }))
            {
                context.Report(new TemplateUse(node, placeholder), $"'{placeholder.Source}' is a file and must be a part by itself: a member of 'content' that is '{{{placeholder.Source}}}' and nothing else");
            }
        }
    }

    /// <summary>The record of the options that everybody sends the request with; <see langword="null"/> if they differ.</summary>
    private string? OptionsRecord()
    {
        string?[] records = [.. uses.Select(use => use.Given is null ? use.Operation?.Options : null).Distinct()];
        return records.Length == 1 ? records[0] : null;
    }

    private void CheckFiles(SectionReader request, JsonNode place)
    {
        foreach (RequestUse use in uses.Where(use => use.Given is null))
        {
            if (context.Record(use.Operation?.Options)?.Properties.FirstOrDefault(property => property.IsFile) is { } file)
            {
                request.Report(place, $"The options of '{use.Operation!.Name}' have the file '{file.JsonName}', which only a body of the encoding 'multipart' or 'file' can send");
                return;
            }
        }
    }
}
