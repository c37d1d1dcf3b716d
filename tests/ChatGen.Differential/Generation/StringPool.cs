namespace ChatGen.Differential.Generation;

/// <summary>Strings and names of members that validators are known to get wrong, among plain ones.</summary>
internal static class StringPool
{
    /// <summary>For constants and instances.</summary>
    public static IReadOnlyList<string> Values { get; } =
    [
        "", "a", "b", "ab", "abc", "aB", "A", "foo", "bar", "foobar", "1", "12", "123", "a1", "-1", "1.0", "0", "true", "null", " ", "a b", "é", "e\u0301", "ß", "日本", "𝒳", "𝒳𝒴",
        "💩", "a💩b", "\n", "a\n", "\t", "\u2028", "\ufeff", "\0", "٣", "\"", "\\", "/", "hello world", "aaaaaaaaaaaa", "x-y", "x_y",
    ];

    /// <summary>
    /// For members. Names that every JavaScript object inherits, and <c>__proto__</c>, are left out: to ajv they are always there or never.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "a", "b", "c", "d", "a", "b", "c", "foo", "bar", "A", "Foo", "", " ", "é", "e\u0301", "𝒳", "a/b", "a~b", "a%b", "a\"b", "a\\b", "x-1", "x-2", "1", "01", "foo.bar", "a\n", "$ref", "type", "items",
    ];

    /// <summary>For definitions, which JSON Pointers lead to.</summary>
    public static IReadOnlyList<string> DefinitionNames { get; } = ["d", "Item", "a/b", "t~x", "p%q", "two words", "é", "x\"y", "~1", "0"];
}
