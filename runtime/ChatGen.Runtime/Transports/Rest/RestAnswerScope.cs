using System.Text.Json;
using ChatGen.Rest;

namespace ChatGen;

/// <summary>The values of placeholders that are about an answer, or an entry in one.</summary>
/// <param name="request">The request that it answers, for the session's values and the options.</param>
/// <param name="answer">The answer.</param>
/// <param name="root">Where pointers begin: the answer's body or the entry.</param>
internal sealed class RestAnswerScope(ITemplateScope request, RestAnswer answer, JsonElement root) : ITemplateScope
{
    /// <summary>The events that the answer brings, as an array in the schema's form.</summary>
    public JsonElement Events { get; init; }

    public TemplateValue Find(TemplatePlaceholder source) => source.Kind switch
    {
        TemplateSourceKind.Pointer => TemplateValue.At(root, source.Path),
        TemplateSourceKind.Header => TemplateValue.Of(answer.Header(source.Path[0])),
        TemplateSourceKind.Status => TemplateValue.Of(answer.Status),
        TemplateSourceKind.Events => TemplateValue.Of(Events),
        _ => request.Find(source),
    };
}
