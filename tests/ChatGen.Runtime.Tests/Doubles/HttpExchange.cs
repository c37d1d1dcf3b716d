namespace ChatGen.Tests;

/// <summary>A request that a <see cref="ScriptedHttp"/> got.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">All headers, those of the body too, as <c>Name: value</c>.</param>
/// <param name="Body">The body as text.</param>
/// <param name="Message">The message itself; its content is gone.</param>
public sealed record HttpExchange(string Method, string Target, IReadOnlyList<string> Headers, string Body, HttpRequestMessage Message)
{
    /// <summary>A header's value; <see langword="null"/> if there was none.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];

    public override string ToString() => $"{Method} {Target}";
}
