namespace ChatGen;

/// <summary>What a placeholder stands for: <c>chatId</c>, <c>options.message</c>, <c>/messages/0/text</c>, <c>header.Retry-After</c>.</summary>
/// <param name="Text">As it is written in the schema.</param>
/// <param name="Kind">Where the value comes from.</param>
/// <param name="Name">The name of the state's value or of the header.</param>
/// <param name="Path">The members to walk in the options or the answer.</param>
internal sealed record TemplateSource(string Text, TemplateSourceKind Kind, string Name, string[] Path)
{
    public static TemplateSource Parse(string text)
    {
        if (text.StartsWith('/'))
        {
            // The pointer to the whole is written '/', since the empty string would be no placeholder.
            string[] path = text.Length == 1 ? [] : [.. text[1..].Split('/').Select(segment => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
            return new TemplateSource(text, TemplateSourceKind.Pointer, "", path);
        }

        if (text == "options" || text.StartsWith("options.", StringComparison.Ordinal))
        {
            return new TemplateSource(text, TemplateSourceKind.Options, "", text.Length < 8 ? [] : text[8..].Split('.'));
        }

        if (text.StartsWith("header.", StringComparison.Ordinal))
        {
            return new TemplateSource(text, TemplateSourceKind.Header, text[7..], []);
        }

        TemplateSourceKind kind = text switch
        {
            "status" => TemplateSourceKind.Status,
            "events" => TemplateSourceKind.Events,
            "nextIndex" => TemplateSourceKind.NextIndex,
            "new.uuid" => TemplateSourceKind.Uuid,
            _ => TemplateSourceKind.State,
        };
        return new TemplateSource(text, kind, kind == TemplateSourceKind.State ? text : "", []);
    }
}
