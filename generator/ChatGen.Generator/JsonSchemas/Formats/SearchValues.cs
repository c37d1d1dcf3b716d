namespace System.Buffers;

/// <summary>What netstandard2.0 lacks for the runtime's formats, by .NET's names, so that they can be compiled here as they are.</summary>
internal static class SearchValues
{
    public static SearchValues<char> Create(string values) => new(values);
}

/// <inheritdoc cref="SearchValues"/>
internal sealed class SearchValues<T>(string values)
{
    public string Values { get; } = values;
}
