namespace ChatGen;

/// <summary>An event that an answer brings, in the schema's own form.</summary>
/// <param name="Json">The event.</param>
/// <param name="Id">What tells doubles apart; <see langword="null"/> if the backend has nothing of the kind.</param>
/// <param name="Index">Its place in the history; <see langword="null"/> if it has none.</param>
/// <param name="IsUnknown">Whether the mapping has no rule for it; then <paramref name="Json"/> is the backend's own.</param>
/// <param name="IsOfAnswer">Whether it comes of the whole answer and not of an entry.</param>
internal sealed record RestEvent(ReadOnlyMemory<byte> Json, string? Id, int? Index, bool IsUnknown, bool IsOfAnswer);
