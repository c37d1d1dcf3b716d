namespace ChatGen.Ownership;

/// <summary>The store's answer to a claim.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Number">The number of the claim if it was granted; else 0.</param>
internal readonly record struct ClaimAnswer(ClaimStatus Status, long Number = 0);
