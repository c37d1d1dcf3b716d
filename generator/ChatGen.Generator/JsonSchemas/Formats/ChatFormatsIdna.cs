using ChatGen.Generator.JsonSchemas;

namespace ChatGen;

/// <summary>In the place of the runtime's class of this name, which goes by the Unicode data of the .NET that runs it.</summary>
internal static class ChatFormatsIdna
{
    /// <exception cref="UndecidedFormatException">Always.</exception>
    public static bool IsALabel(ReadOnlySpan<char> label) => throw new UndecidedFormatException();
}
