namespace ChatGen.Generator.Model;

/// <summary>What a value must be besides its C# type: of a member, or of each item of a list or value of a dictionary.</summary>
internal sealed record ValueRules
{
    public static ValueRules None { get; } = new();

    public NumberBounds Bounds { get; init; } = new();

    /// <summary>What a number must be a multiple of, as the schema writes it, if C# can tell exactly.</summary>
    public string? MultipleOf { get; init; }

    /// <summary>Whether it is an absolute URI.</summary>
    public bool IsAbsoluteUri { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    /// <summary>The pattern as the schema writes it, by ECMA-262.</summary>
    public string? Pattern { get; init; }

    /// <summary>The format of a string, if it is one that is checked.</summary>
    public string? Format { get; init; }
}

/// <summary>Bounds of a number, as the schema writes them.</summary>
internal sealed record NumberBounds(string? Minimum = null, string? Maximum = null, string? ExclusiveMinimum = null, string? ExclusiveMaximum = null);
