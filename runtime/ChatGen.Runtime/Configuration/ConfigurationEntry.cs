using Microsoft.Extensions.Configuration;

namespace ChatGen;

/// <summary>A key with what stands under it.</summary>
internal sealed class ConfigurationEntry(IConfiguration configuration, string? value, string path)
{
    public string? Value { get; } = value;

    public string Path { get; } = path;

    public IReadOnlyList<(string Key, ConfigurationEntry Entry)> Children { get; } =
        [.. configuration.GetChildren().Select(child => (child.Key, new ConfigurationEntry(child, child.Value, child.Path)))];

    /// <summary>Whether there is neither a text nor anything beneath.</summary>
    public bool IsNull => Children.Count == 0 && Value is null;

    public bool IsText => Children.Count == 0 && Value is not null;

    /// <summary>Whether all keys are those of items. They come in the order of their numbers.</summary>
    public bool IsList => Children.Count > 0 && Children.All(child => child.Key.Length > 0 && child.Key.All(char.IsAsciiDigit));
}
