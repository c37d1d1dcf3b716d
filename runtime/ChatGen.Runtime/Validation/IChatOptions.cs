namespace ChatGen;

/// <summary>Generated options: what a client sends, checked against the schema. Immutable, so thread-safe.</summary>
/// <typeparam name="TSelf">The options themselves.</typeparam>
public interface IChatOptions<TSelf>
    where TSelf : class, IChatOptions<TSelf>
{
    /// <summary>Checks every rule of the schema.</summary>
    /// <returns>Every rule that is broken, nested ones too.</returns>
    ChatValidationResult Validate();
}
