using System.Globalization;

namespace ChatGen;

/// <content>Files.</content>
public static partial class ChatRules
{
    private const string FileKeyword = "x-chat-file";

    /// <summary>The schema's <c>x-chat-file</c>: how many bytes a file may have, as far as it is known, and of which type it must be.</summary>
    /// <param name="failures">Takes what is wrong.</param>
    /// <param name="json">The member's JSON name.</param>
    /// <param name="member">Its C# name.</param>
    /// <param name="value">The file.</param>
    /// <param name="maxSize">The most bytes that it may have; <see langword="null"/> if there is no bound.</param>
    /// <param name="types">Media types and endings of names, separated by commas, of which one must fit; empty if all do.</param>
    public static void File(ref List<ChatValidationFailure>? failures, string json, string member, ChatFile? value, long? maxSize, string types)
    {
        if (value is null)
        {
            return;
        }

        if (value.Length > maxSize)
        {
            Add(ref failures, json, FileKeyword, string.Create(CultureInfo.InvariantCulture, $"'{member}' must have at most {maxSize} bytes, but has {value.Length}"));
        }

        if (types.Length > 0 && !IsOfType(value, types))
        {
            Add(ref failures, json, FileKeyword, $"'{member}' must be a file of the types {types}, but is {value.ContentType}");
        }
    }

    private static bool IsOfType(ChatFile file, ReadOnlySpan<char> types)
    {
        // Parameters such as a charset are no part of the type.
        ReadOnlySpan<char> contentType = file.ContentType;
        int end = contentType.IndexOf(';');
        contentType = (end < 0 ? contentType : contentType[..end]).Trim();
        foreach (Range range in types.Split(','))
        {
            ReadOnlySpan<char> type = types[range].Trim();
            bool fits = type.StartsWith('.') ? file.Name.AsSpan().EndsWith(type, StringComparison.OrdinalIgnoreCase)
                : type.EndsWith("/*") ? contentType.StartsWith(type[..^1], StringComparison.OrdinalIgnoreCase)
                : contentType.Equals(type, StringComparison.OrdinalIgnoreCase);
            if (fits)
            {
                return true;
            }
        }

        return false;
    }
}
