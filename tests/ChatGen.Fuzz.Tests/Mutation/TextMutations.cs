namespace ChatGen.Fuzz.Tests.Mutation;

/// <summary>Mutations below the level of JSON.</summary>
internal static class TextMutations
{
    private static readonly string[] s_tokens =
    [
        "\ufeff", "\0", "\u0001", "\u0008", "\u007f", "\u0085", "\u00a0", "\u2028", "\ud800", "\udc00", "\ufffe", "\uffff", "//", "/* */", "#", "'", "\"", "\\", "\\u", "\\ud83d", "\\u12", "\\x41", "\\\"",
        "{", "}", "[", "]", ",", ":", ",,", "{}", "[]", "null", "tru", "TRUE", "-", "1e", "00", "\r", "\n", "\r\n", "\t", "\v", "\f",
    ];

    public static string Mutate(Random random, string text)
    {
        int count = random.Next(1, 4);
        for (int i = 0; i < count && text.Length > 0; i++)
        {
            int at = random.Next(text.Length);
            text = random.Next(7) switch
            {
                0 => text[..at],
                1 => text[at..],
                2 => text.Remove(at, Math.Min(text.Length - at, random.Next(1, 20))),
                3 => text[..at] + (char)(text[at] ^ (1 << random.Next(16))) + text[(at + 1)..],
                4 => text.Insert(at, new string(s_tokens[random.Next(s_tokens.Length)][0], random.Next(1, 5000))),
                5 => text.Insert(random.Next(3) == 0 ? 0 : at, s_tokens[random.Next(s_tokens.Length)]),
                _ => text.Insert(at, text.Substring(at, Math.Min(text.Length - at, random.Next(1, 200)))),
            };
        }

        return text;
    }
}
