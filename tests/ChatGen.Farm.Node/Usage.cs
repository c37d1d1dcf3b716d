namespace ChatGen.Farm.Node;

/// <summary>What the process uses.</summary>
/// <param name="Sessions">Sessions that it holds.</param>
/// <param name="HeapBytes">What is left on the heap after a full collection.</param>
/// <param name="ResidentBytes">Memory that the system has given it.</param>
/// <param name="ProcessorMilliseconds">Processor time since it was started.</param>
internal sealed record Usage(int Sessions, long HeapBytes, long ResidentBytes, double ProcessorMilliseconds);
