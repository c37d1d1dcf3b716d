namespace ChatGen.MetaSchema.Tests;

/// <summary>A mistake in the built-in schema.</summary>
/// <param name="Pointer">Where it is planted.</param>
/// <param name="Value">What is put there; if <see langword="null"/>, what is there is removed.</param>
/// <param name="IsFoundHere">Whether NJsonSchema finds it too.</param>
internal sealed record PlantedMistake(string Pointer, string? Value, bool IsFoundHere = true)
{
    public string Name => $"{Pointer}: {Value ?? "nothing"}";
}
