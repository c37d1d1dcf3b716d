using ChatGen.Generator.Documents;
using ChatGen.Rest;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads names of Bayeux channels, which may have placeholders.</summary>
internal static class BayeuxChannels
{
    /// <summary>The channel; <see langword="null"/>, after a diagnostic, if it can be none.</summary>
    /// <param name="context">What can be named.</param>
    /// <param name="node">The channel.</param>
    /// <param name="name">Where it stands.</param>
    /// <param name="templates">Reads its placeholders.</param>
    /// <param name="isPattern">Whether it may end in a wildcard.</param>
    public static TemplateSyntax? Read(RestContext context, JsonNode node, string name, TemplateReader templates, bool isPattern = false)
    {
        if (node is not JsonStringNode text)
        {
            context.Report(node, $"'{name}' must be a string");
            return null;
        }

        TemplateSyntax? template = templates.ReadText(text);
        if (template is null)
        {
            return null;
        }

        string channel = string.Concat(template.Parts.Select(part => part.Placeholder is null ? part.Text : "x"));
        if (IsChannel(isPattern ? WithoutWildcard(channel) : channel))
        {
            return template;
        }

        context.Report(node, $"'{text.Value}' is no Bayeux channel: segments of letters, digits and '-_!~()$@', each after a slash");
        return null;
    }

    private static string WithoutWildcard(string channel) =>
        channel.EndsWith("/**", StringComparison.Ordinal) ? channel.Substring(0, channel.Length - 3) : channel.EndsWith("/*", StringComparison.Ordinal) ? channel.Substring(0, channel.Length - 2) : channel;

    /// <summary>Whether a text is the name of a channel.</summary>
    public static bool IsChannel(string channel) => channel.StartsWith("/", StringComparison.Ordinal) && channel.Split('/').Skip(1).All(segment =>
        segment.Length > 0 && segment.All(character => (character < 128 && char.IsLetterOrDigit(character)) || "-_!~()$@".IndexOf(character) >= 0));
}
