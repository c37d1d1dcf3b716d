namespace ChatGen;

/// <summary>What netstandard2.0 lacks for the runtime's formats, by .NET's names, so that they can be compiled here as they are.</summary>
internal static class CharPolyfills
{
    extension(char)
    {
        public static bool IsAsciiDigit(char character) => character is >= '0' and <= '9';

        public static bool IsAsciiLetter(char character) => (character | 0x20) is >= 'a' and <= 'z';

        public static bool IsAsciiLetterOrDigit(char character) => char.IsAsciiDigit(character) || char.IsAsciiLetter(character);

        public static bool IsAsciiHexDigit(char character) => char.IsAsciiDigit(character) || (character | 0x20) is >= 'a' and <= 'f';
    }

    extension(ArgumentNullException)
    {
        public static void ThrowIfNull(object? argument)
        {
            if (argument is null)
            {
                throw new ArgumentNullException(nameof(argument));
            }
        }
    }

    public static bool Contains(this string text, char character, StringComparison comparison) =>
        comparison == StringComparison.Ordinal ? text.IndexOf(character) >= 0 : throw new NotSupportedException();

    public static int IndexOf(this string text, char character, StringComparison comparison) =>
        comparison == StringComparison.Ordinal ? text.IndexOf(character) : throw new NotSupportedException();
}
