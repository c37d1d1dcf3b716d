namespace ChatGen.Backends;

/// <summary>A file of a conversation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
public sealed record EmulatedFile(string Id, string Name, string ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>What was said of it.</summary>
    public IReadOnlyDictionary<string, string> UserData { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it was deleted.</summary>
    public bool IsDeleted { get; init; }
}
