using System.Globalization;
using System.Text;

namespace ChatGen.Benchmarks.Compiler;

/// <summary>The files of a project as they are: most have nothing to do with chats.</summary>
internal static class LargeProject
{
    private const int MethodsPerFile = 8;

    /// <summary>Makes the files' texts.</summary>
    /// <param name="files">How many there are.</param>
    /// <param name="initializers">In how many of them options are made; a right value each.</param>
    public static IEnumerable<string> Create(int files, int initializers)
    {
        for (int i = 0; i < files; i++)
        {
            yield return Create(i, i * initializers / files != (i + 1) * initializers / files);
        }
    }

    private static string Create(int number, bool makesOptions)
    {
        string name = number.ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder($$"""
            namespace Large;

            public static class File{{name}}
            {

            """);
        for (int i = 0; i < MethodsPerFile; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                    public static System.Collections.Generic.Dictionary<string, int> Count{{i}}(System.Collections.Generic.IEnumerable<string> words)
                    {
                        var counts = new System.Collections.Generic.Dictionary<string, int>(System.StringComparer.Ordinal);
                        foreach (string word in words)
                        {
                            counts[word] = counts.TryGetValue(word, out int count) ? count + {{i}} : string.Concat(word, "{{name}}").Length;
                        }

                        return counts;
                    }

                """);
        }

        if (makesOptions)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                    public static Large.Chat.StartSessionOptions Options(System.Uri server) => new()
                    {
                        ServerUrl = server,
                        Username = "Visitor {{name}}",
                        UserData = new() { ["FirstName"] = "Jane", ["Number"] = {{name}} },
                        MaxOfflineDuration = System.TimeSpan.FromSeconds({{name}}),
                    };

                """);
        }

        if (number == 0)
        {
            text.Append("    public static void Main() => System.Console.WriteLine();\n");
        }

        return text.Append("}\n").ToString();
    }
}
