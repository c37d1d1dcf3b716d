using System.Diagnostics;
using System.Text.Json;
using ChatGen.Fuzz.Tests.Corpus;
using ChatGen.Fuzz.Tests.Mutation;

namespace ChatGen.Fuzz.Tests.Oracles;

/// <summary>Makes a failing document smaller while it fails in the same way, so that a message shows what matters.</summary>
internal static class Minimizer
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    public static string Minimize(string text, Func<string, string?> check)
    {
        string? kind = Kind(check(text));
        if (kind is null)
        {
            return text;
        }

        var watch = Stopwatch.StartNew();
        try
        {
            return MinimizeTree(FuzzNode.Parse(text), candidate => watch.Elapsed < s_limit && Kind(check(candidate)) == kind, text);
        }
        catch (JsonException)
        {
            // What is no JSON is made smaller as text.
            return MinimizeText(text, candidate => watch.Elapsed < s_limit && Kind(check(candidate)) == kind);
        }
    }

    private static string? Kind(string? problem) => problem?.Split(':')[0];

    private static string MinimizeTree(FuzzNode root, Func<string, bool> fails, string text)
    {
        bool hasChanged = fails(root.ToString());
        string smallest = hasChanged ? root.ToString() : text;
        while (hasChanged)
        {
            hasChanged = false;
            // From the outside in: what is removed early takes much with it.
            for (int i = 0; i < Slot.All(root).Count;)
            {
                FuzzNode candidate = root.Clone();
                Slot.All(candidate)[i].Remove();
                string smaller = candidate.ToString();
                if (fails(smaller))
                {
                    root = candidate;
                    smallest = smaller;
                    hasChanged = true;
                }
                else
                {
                    i++;
                }
            }
        }

        return smallest;
    }

    private static string MinimizeText(string text, Func<string, bool> fails)
    {
        for (int size = text.Length / 2; size > 0; size /= 2)
        {
            for (int at = 0; at < text.Length;)
            {
                string smaller = text.Remove(at, Math.Min(size, text.Length - at));
                if (fails(smaller))
                {
                    text = smaller;
                }
                else
                {
                    at += size;
                }
            }
        }

        return text;
    }
}
