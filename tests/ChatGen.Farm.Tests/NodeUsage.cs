namespace ChatGen.Farm.Tests;

/// <summary>What a node's process uses, as it says itself.</summary>
internal sealed record NodeUsage(int Sessions, long HeapBytes, long ResidentBytes, double ProcessorMilliseconds);
