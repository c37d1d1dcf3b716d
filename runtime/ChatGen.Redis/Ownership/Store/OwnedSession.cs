namespace ChatGen.Ownership;

/// <summary>A session and the number of its claim. Of two claims of a session the later one has the higher number.</summary>
internal readonly record struct OwnedSession(string Key, long Number);
