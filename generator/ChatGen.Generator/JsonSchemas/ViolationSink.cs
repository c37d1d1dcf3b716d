using System.Globalization;
using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>The violations of one evaluation, and where in the instance it is: the compile-time twin of the runtime's <c>JsonFailures</c>.</summary>
/// <param name="names">How the instance and its members are called in messages; null for their names in JSON.</param>
internal sealed class ViolationSink(MemberNames? names = null)
{
    private readonly List<(string? Name, int Index)> _segments = [];
    private readonly HashSet<(JsonNode Place, string Keyword, string Message)> _known = [];

    public List<SchemaViolation> Violations { get; } = [];

    public void Enter(string name) => _segments.Add((name, 0));

    public void Enter(int index) => _segments.Add((null, index));

    public void Leave() => _segments.RemoveAt(_segments.Count - 1);

    /// <summary>Adds what is said of the value that was entered last.</summary>
    public void AddOfValue(JsonNode place, string keyword, string words) => Add(place, keyword, Subject() + " " + words);

    public void Add(JsonNode place, string keyword, string message)
    {
        if (_known.Add((place, keyword, message)))
        {
            Violations.Add(new SchemaViolation(place, keyword, message));
        }
    }

    /// <summary>How a member of the value that was entered last is called.</summary>
    public string NameOf(string member) => _segments.Count == 0 && names is not null ? names.Of(member) : member;

    private string Subject()
    {
        if (_segments.Count == 0)
        {
            return names is null ? "The value" : $"'{names.Type}'";
        }

        int from = Math.Max(0, _segments.FindLastIndex(segment => segment.Name is not null));
        return "'" + string.Concat(_segments.Skip(from).Select((segment, i) => segment.Name is { } name ? (from + i == 0 && names is not null ? names.Of(name) : name) : $"[{segment.Index.ToString(CultureInfo.InvariantCulture)}]")) + "'";
    }
}
