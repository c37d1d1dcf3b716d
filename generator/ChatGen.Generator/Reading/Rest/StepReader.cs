using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads what is done for an operation, or by the transport itself: one request, or several in turn.</summary>
internal sealed class StepReader(RestContext context, List<RequestUse> uses)
{
    /// <summary>Reads a step or an array of steps.</summary>
    /// <param name="node">A request's name, a step, or an array of them.</param>
    /// <param name="name">Where they stand.</param>
    /// <param name="operation">The operation that they carry out; <see langword="null"/> if it is none.</param>
    public void Read(JsonNode node, string name, OperationModel? operation)
    {
        if (node is JsonArrayNode { Items.Count: 0 })
        {
            context.Report(node, $"'{name}' must have at least one step");
            return;
        }

        JsonNode[] steps = node is JsonArrayNode array ? [.. array.Items] : [node];
        for (int i = 0; i < steps.Length; i++)
        {
            bool givesResult = steps.Skip(i + 1).All(later => later is JsonObjectNode step && step["if"] is not null);
            ReadStep(steps[i], steps.Length == 1 ? name : $"{name}[{NumberText.Write(i)}]", operation, givesResult);
        }
    }

    /// <summary>Reads the members that a step has of its own.</summary>
    /// <param name="section">The step, or what else sends a request.</param>
    /// <param name="operation">The operation that it carries out; <see langword="null"/> if it is none.</param>
    /// <param name="givesResult">Whether its answer can be the operation's result.</param>
    /// <returns>The request's name; <see langword="null"/>, after a diagnostic, if there is no such request.</returns>
    public string? ReadRequest(SectionReader section, OperationModel? operation, bool givesResult)
    {
        string request = section.String("request");
        JsonObjectNode? given = section.OptionalSection("options")?.Node;
        if (given is not null)
        {
            var templates = new TemplateReader(context, operation is null ? TemplateSources.Connection : TemplateSources.Request, "the options of a step");
            templates.Read(given);
            CheckOptions(templates, operation);
        }

        return request.Length > 0 && Exists(request, section.Node["request"]!) ? Use(new RequestUse(request, operation, given, givesResult)) : null;
    }

    private void ReadStep(JsonNode node, string name, OperationModel? operation, bool givesResult)
    {
        switch (node)
        {
            case JsonStringNode request when Exists(request.Value, request):
                Use(new RequestUse(request.Value, operation, null, givesResult));
                break;
            case JsonObjectNode step:
                var section = new SectionReader(step, name, context.Diagnostics);
                ReadRequest(section, operation, givesResult);
                if (section.Get("if") is { } condition)
                {
                    var templates = new TemplateReader(context, operation is null ? TemplateSources.State : TemplateSources.Values, "the condition of a step");
                    ConditionReader.Read(context, condition, $"{name}.if", templates);
                    CheckOptions(templates, operation);
                }

                section.ReportUnknown();
                break;
            case not JsonStringNode:
                context.Report(node, $"'{name}' must be the name of a request, a step {{ \"request\": \"…\" }}, or an array of these");
                break;
        }
    }

    /// <summary>Reports what leads to nothing in the options of the operation itself.</summary>
    private void CheckOptions(TemplateReader templates, OperationModel? operation)
    {
        if (operation is null)
        {
            return;
        }

        foreach (TemplateUse use in templates.Uses.Where(use => use.Placeholder.Kind == TemplateSourceKind.Options))
        {
            if (OptionsPath.Of(context, new RequestUse("", operation, null, false), use.Placeholder.Path).Problem is { } problem)
            {
                context.Report(use, $"'{use.Placeholder.Source}' leads to nothing: {problem}");
            }
        }
    }

    private string Use(RequestUse use)
    {
        uses.Add(use);
        return use.Request;
    }

    private bool Exists(string request, JsonNode node)
    {
        if (context.RequestNames.Contains(request))
        {
            return true;
        }

        context.Report(node, context.Operations.ContainsKey(request)
            ? $"'{request}' is an operation, but a step names a request; {Suggestion.For(request, context.RequestNames)}"
            : $"There is no request '{request}'; {Suggestion.For(request, context.RequestNames)}");
        return false;
    }
}
