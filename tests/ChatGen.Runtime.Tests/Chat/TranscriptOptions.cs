namespace ChatGen.Tests;

public sealed record TranscriptOptions(int FromIndex);
