using System.Globalization;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading;

/// <summary>Reads <c>x-chat-file</c>: how large a file may be, and of which types.</summary>
internal static class FileLimitsReader
{
    public static FileLimits? Read(JsonNode? node, TypeModel type, DiagnosticBag diagnostics)
    {
        if (node is null)
        {
            return null;
        }

        if (type is not BuiltInType { Kind: BuiltInKind.ChatFile })
        {
            diagnostics.Add(Descriptors.InvalidMapping, node, "'x-chat-file' says what a file may be, so it needs '\"x-chat-service\": \"file\"' beside it");
            return null;
        }

        if (node is not JsonObjectNode limits)
        {
            diagnostics.Add(Descriptors.WrongValue, node, "x-chat-file", "an object");
            return null;
        }

        var section = new SectionReader(limits, "x-chat-file", diagnostics);
        string? maxSize = null;
        if (section.Get("maxSize") is { } size)
        {
            if (size is JsonNumberNode number && long.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) && bytes > 0)
            {
                maxSize = bytes.ToString(CultureInfo.InvariantCulture);
            }
            else
            {
                section.Report(size, "'x-chat-file.maxSize' must be a number of bytes, at least 1");
            }
        }

        var types = new List<string>();
        foreach (JsonStringNode item in section.Strings("types"))
        {
            if (IsType(item.Value))
            {
                types.Add(item.Value);
            }
            else
            {
                section.Report(item, $"'{item.Value}' is no type of files: write a media type such as 'image/png' or 'image/*', or the ending of a name such as '.png'");
            }
        }

        section.ReportUnknown();
        return new FileLimits(maxSize, types.ToEquatableArray());
    }

    /// <summary>The ending of a name, or a media type (RFC 6838) of which the subtype may be any.</summary>
    private static bool IsType(string text)
    {
        if (text.StartsWith(".", StringComparison.Ordinal))
        {
            return text.Length > 1 && text.Skip(1).All(character => IsNamePart(character) || character == '.');
        }

        string[] parts = text.Split('/');
        return parts.Length == 2 && parts[0].Length > 0 && parts[0].All(IsNamePart) && (parts[1] == "*" || (parts[1].Length > 0 && parts[1].All(character => IsNamePart(character) || character == '.')));
    }

    private static bool IsNamePart(char character) => (character < 128 && char.IsLetterOrDigit(character)) || "!#$&-^_+".IndexOf(character) >= 0;
}
