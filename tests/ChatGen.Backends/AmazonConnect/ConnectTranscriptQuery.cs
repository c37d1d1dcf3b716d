using System.Globalization;
using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.AmazonConnect;

/// <summary>Which part of the transcript a client wants.</summary>
/// <remarks>That the item of a start position is part of the answer, and what a token looks like, is inferred.</remarks>
internal sealed class ConnectTranscriptQuery
{
    private const int StandardResults = 15;
    private const int MaxResults = 100;

    private readonly IReadOnlyList<JsonObject> _items;
    private readonly bool _isForward;
    private readonly bool _isAscending;
    private readonly int _count;
    private readonly int _start;

    private ConnectTranscriptQuery(JsonMembers members, IReadOnlyList<JsonObject> items)
    {
        _items = items;
        _isForward = Choose(members, "ScanDirection", "BACKWARD", "FORWARD") == "FORWARD";
        _isAscending = Choose(members, "SortOrder", "ASCENDING", "DESCENDING") == "ASCENDING";
        long count = members.OptionalInteger("MaxResults") ?? StandardResults;
        _count = count is >= 1 and <= MaxResults ? (int)count : throw ConnectRefusals.Validation($"MaxResults {count} is not from 1 to {MaxResults}");
        string? token = members.OptionalText("NextToken");
        JsonMembers? position = members.OptionalObject("StartPosition");
        int? start = position is null ? null : Find(position);
        _start = token is null ? start ?? (_isForward ? 0 : items.Count - 1) : Parse(token);
    }

    public static JsonObject Answer(JsonMembers members, AmazonConnectConversation conversation)
    {
        string? contactId = members.OptionalText("ContactId");
        ConnectTranscriptQuery query = new(members, conversation.Transcript);
        members.RefuseOthers();
        return contactId is null || contactId == conversation.Id ? query.Answer(conversation.Id) : throw ConnectRefusals.Validation("ContactId is that of another contact");
    }

    private static string Choose(JsonMembers members, string name, string standard, string other)
    {
        string value = members.OptionalText(name) ?? standard;
        return value == standard || value == other ? value : throw ConnectRefusals.Validation($"{name} is neither {standard} nor {other}");
    }

    private int Parse(string token) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < _items.Count ? index : throw ConnectRefusals.Validation("NextToken is wrong");

    private int Find(JsonMembers position)
    {
        string? id = position.OptionalText("Id");
        string? time = position.OptionalText("AbsoluteTime");
        long? mostRecent = position.OptionalInteger("MostRecent");
        position.RefuseOthers();
        int index = (id, time, mostRecent) switch
        {
            ({ }, null, null) => IndexOf(item => (string?)item["Id"] == id),
            (null, { }, null) when _isForward => IndexOf(item => string.CompareOrdinal((string?)item["AbsoluteTime"], time) >= 0),
            (null, { }, null) => _items.Count - 1 - _items.Reverse().ToList().FindIndex(item => string.CompareOrdinal((string?)item["AbsoluteTime"], time) <= 0),
            (null, null, >= 1 and <= MaxResults) => Math.Max(0, _items.Count - (int)mostRecent!.Value),
            _ => throw ConnectRefusals.Validation("StartPosition has to have one of Id, AbsoluteTime and MostRecent"),
        };
        return index;
    }

    private int IndexOf(Predicate<JsonObject> which)
    {
        int index = _items.ToList().FindIndex(which);
        return index >= 0 ? index : throw ConnectRefusals.Validation("there is no such item");
    }

    private JsonObject Answer(string contactId)
    {
        int first = _isForward ? _start : Math.Max(0, _start - _count + 1);
        int end = _isForward ? Math.Min(_items.Count, _start + _count) : _start + 1;
        IEnumerable<JsonObject> page = _items.Take(end).Skip(first);
        page = _isAscending ? page : page.Reverse();
        JsonObject json = new() { ["InitialContactId"] = contactId, ["Transcript"] = new JsonArray([.. page.Select(item => item.DeepClone())]) };
        int? next = _isForward ? (end < _items.Count ? end : null) : (first > 0 ? first - 1 : null);
        if (next is not null)
        {
            json["NextToken"] = next.Value.ToString(CultureInfo.InvariantCulture);
        }

        return json;
    }
}
