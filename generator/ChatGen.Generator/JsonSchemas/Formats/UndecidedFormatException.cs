namespace ChatGen.Generator.JsonSchemas;

/// <summary>Whether a string is of a format cannot be told at compile time.</summary>
internal sealed class UndecidedFormatException : Exception;
