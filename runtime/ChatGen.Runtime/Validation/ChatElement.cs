using System.ComponentModel;
using System.Globalization;

namespace ChatGen;

/// <summary>Which item of a list or value of a dictionary a rule is about; <see langword="default"/> for the member itself. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ChatElement
{
    private readonly string? _key;
    private readonly int _number;

    private ChatElement(string? key, int number) => (_key, _number) = (key, number);

    /// <summary>An item of a list, by its index from 0.</summary>
    public static implicit operator ChatElement(int index) => FromInt32(index);

    /// <summary>A value of a dictionary, by its key.</summary>
    public static implicit operator ChatElement(string key) => FromString(key);

    /// <summary>An item of a list, by its index from 0.</summary>
    public static ChatElement FromInt32(int index) => new(null, index + 1);

    /// <summary>A value of a dictionary, by its key.</summary>
    public static ChatElement FromString(string key) => new(key, 0);

    /// <summary>The path of the element of a member.</summary>
    internal string PathIn(string json) => _key is null ? json + Index() : $"{json}.{_key}";

    /// <summary>How the element is called in messages: an item by the name of its list, a value by its key.</summary>
    internal string NameIn(string member) => _key ?? member + Index();

    private string Index() => _number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[{_number - 1}]");
}
