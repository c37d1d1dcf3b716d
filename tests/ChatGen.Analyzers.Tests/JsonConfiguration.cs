using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace ChatGen.Analyzers.Tests;

/// <summary>A configuration of one file, as the JSON provider of .NET 10 reads it: <c>null</c> and an empty object have no value, an empty array has an empty one.</summary>
internal sealed class JsonConfiguration : IConfigurationSection
{
    private readonly SortedDictionary<string, string?> _values;

    private JsonConfiguration(SortedDictionary<string, string?> values, string path)
    {
        _values = values;
        Path = path;
    }

    public string Key => Path[(Path.LastIndexOf(':') + 1)..];

    public string Path { get; }

    public string? Value
    {
        get => _values.GetValueOrDefault(Path);
        set => throw new NotSupportedException();
    }

    public string? this[string key]
    {
        get => _values.GetValueOrDefault(Below(key));
        set => throw new NotSupportedException();
    }

    public static JsonConfiguration Read(string json)
    {
        var values = new SortedDictionary<string, string?>(Comparer<string>.Create(Compare));
        using var document = JsonDocument.Parse(json.TrimStart('\uFEFF'), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        Add(values, "", document.RootElement);
        return new JsonConfiguration(values, "");
    }

    public IConfigurationSection GetSection(string key) => new JsonConfiguration(_values, Below(key));

    public IEnumerable<IConfigurationSection> GetChildren()
    {
        string start = Path.Length == 0 ? "" : Path + ":";
        return _values.Keys
            .Where(key => key.Length > start.Length && key.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .Select(key => key[start.Length..].Split(':')[0])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(GetSection);
    }

    public IChangeToken GetReloadToken() => throw new NotSupportedException();

    private string Below(string key) => Path.Length == 0 ? key : $"{Path}:{key}";

    private static void Add(SortedDictionary<string, string?> values, string path, JsonElement element)
    {
        string start = path.Length == 0 ? "" : path + ":";
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.EnumerateObject().Any():
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    Add(values, start + member.Name, member.Value);
                }

                break;
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                foreach ((int index, JsonElement item) in element.EnumerateArray().Index())
                {
                    Add(values, start + index.ToString(CultureInfo.InvariantCulture), item);
                }

                break;
            default:
                values.Add(path, element.ValueKind is JsonValueKind.Null or JsonValueKind.Object ? null : element.ValueKind is JsonValueKind.Array ? "" : element.ToString());
                break;
        }
    }

    /// <summary>Numbers by their value, anything else without regard to case.</summary>
    private static int Compare(string left, string right)
    {
        (string[] lefts, string[] rights) = (left.Split(':'), right.Split(':'));
        for (int i = 0; i < Math.Min(lefts.Length, rights.Length); i++)
        {
            int order = int.TryParse(lefts[i], CultureInfo.InvariantCulture, out int number) && int.TryParse(rights[i], CultureInfo.InvariantCulture, out int other)
                ? number.CompareTo(other)
                : string.Compare(lefts[i], rights[i], StringComparison.OrdinalIgnoreCase);
            if (order != 0)
            {
                return order;
            }
        }

        return lefts.Length.CompareTo(rights.Length);
    }
}
