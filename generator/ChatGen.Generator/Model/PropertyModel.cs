namespace ChatGen.Generator.Model;

/// <summary>A member of a generated record.</summary>
internal sealed record PropertyModel
{
    public required string JsonName { get; init; }

    public required string Name { get; init; }

    public required TypeModel Type { get; init; }

    public required string? Description { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Whether the schema allows <c>null</c> as a value.</summary>
    public bool AllowsNull { get; init; }

    /// <summary>The default as the schema's JSON says it: a string's value, a number's text, <c>true</c> or <c>false</c>.</summary>
    public string? Default { get; init; }

    /// <summary>The only value, said as a default is; such a member cannot be set.</summary>
    public string? Const { get; init; }

    /// <summary>Whether only the backend sets the value.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether the value is only sent and never comes back.</summary>
    public bool IsWriteOnly { get; init; }

    /// <summary>Why the member should not be used any more; <see langword="null"/> if it may be.</summary>
    public string? Obsolete { get; init; }

    public ValueRules Rules { get; init; } = ValueRules.None;

    /// <summary>The rules of each item of a list or value of a dictionary.</summary>
    public ValueRules ElementRules { get; init; } = ValueRules.None;

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    /// <summary>Whether no two items may be equal, if their equality in C# is that in JSON.</summary>
    public bool UniqueItems { get; init; }

    public int? MinProperties { get; init; }

    public int? MaxProperties { get; init; }

    /// <summary>What the value is to the client itself; such a value is not sent.</summary>
    public ClientRole ClientRole { get; init; }

    /// <summary>Members together with which this one has no effect, by their C# names.</summary>
    public EquatableArray<string> IgnoredWith { get; init; } = EquatableArray<string>.Empty;

    public string? MandatoryWhen { get; init; }

    /// <summary>What a file may be, if it is limited.</summary>
    public FileLimits? FileLimits { get; init; }

    /// <summary>Whether an empty string stands for the default.</summary>
    public bool EmptyAsDefault { get; init; }

    /// <summary>Whether the value exists only in the process, such as a transport.</summary>
    public bool IsService => Type is BuiltInType { Kind: BuiltInKind.Transport or BuiltInKind.StateStorage or BuiltInKind.Logger or BuiltInKind.ChatFile };

    /// <summary>Whether the value is a file, which goes to the backend but has no JSON.</summary>
    public bool IsFile => Type is BuiltInType { Kind: BuiltInKind.ChatFile };

    /// <summary>Whether the value goes to the backend in JSON.</summary>
    public bool IsSent => !IsService && !IsReadOnly && ClientRole == ClientRole.None;

    /// <summary>Whether whoever makes a value has to set the member.</summary>
    public bool MustBeSet => IsRequired && (!IsService || IsFile) && !IsReadOnly && Const is null;

    /// <summary>Whether the C# type says that there may be no value.</summary>
    public bool IsNullable => AllowsNull || IsReadOnly || (!IsRequired && Default is null && Const is null);
}

/// <summary>What a file may be.</summary>
/// <param name="MaxSize">The most bytes that it may have, as the schema writes them.</param>
/// <param name="Types">Media types and endings of names, of which one must fit; empty if all do.</param>
internal sealed record FileLimits(string? MaxSize, EquatableArray<string> Types);

/// <summary>What a value is to the client itself.</summary>
internal enum ClientRole
{
    None,
    ServerUrl,
    MaxOfflineDuration,
    DisableWebSockets,
}
