namespace ChatGen.Backends.GenesysGms;

/// <summary>What files are allowed. The defaults are ours.</summary>
public sealed record GenesysGmsFileLimits
{
    /// <summary>How many files the visitor may send. Default: 3.</summary>
    public int MaxFiles { get; init; } = 3;

    /// <summary>The largest file, in bytes. Default: 100,000.</summary>
    public int MaxFileSize { get; init; } = 100_000;

    /// <summary>The most bytes of all files together. Default: 200,000.</summary>
    public int MaxTotalSize { get; init; } = 200_000;

    /// <summary>Whether files are taken only when an agent is there. Default: no.</summary>
    public bool NeedsAgent { get; init; }

    /// <summary>The endings of names that are allowed. Default: png, jpg, pdf, txt.</summary>
    public IReadOnlyList<string> FileTypes { get; init; } = ["png", "jpg", "pdf", "txt"];

    /// <summary>How often the visitor may download. Default: 10.</summary>
    public int DownloadAttempts { get; init; } = 10;

    /// <summary>Whether the visitor may delete files. Default: yes.</summary>
    public bool AllowsDelete { get; init; } = true;
}
