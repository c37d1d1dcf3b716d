namespace ChatGen.Generator.Documents;

/// <summary>
/// The objects of a schema where <c>null</c> is a value that says that something is not there: a patch puts it there where RFC 7396 would only remove what was there before,
/// since without the member there would be what holds by default.
/// </summary>
internal sealed class ValuePlaces
{
    private readonly Dictionary<string, ValuePlaces> _within;

    private ValuePlaces(bool keepsNull, params (string Name, ValuePlaces Place)[] within)
    {
        KeepsNull = keepsNull;
        _within = within.ToDictionary(inner => inner.Name, inner => inner.Place, StringComparer.Ordinal);
    }

    /// <summary>The root of a schema.</summary>
    public static ValuePlaces Root { get; } = new(false, ("x-chat", new(false, ("transports", new(false, ("rest", new(
        false,
        ("operations", new(true)),
        ("requests", new(false, ("*", new(false, ("headers", new(true)))))))))))));

    /// <summary>Whether <c>null</c> is the value of a member here.</summary>
    public bool KeepsNull { get; }

    /// <summary>The place of a member; <see langword="null"/> if nothing within it is such a place.</summary>
    public ValuePlaces? Within(string name) => _within.TryGetValue(name, out ValuePlaces? place) || _within.TryGetValue("*", out place) ? place : null;
}
