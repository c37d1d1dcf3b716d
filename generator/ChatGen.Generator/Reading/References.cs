using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;

namespace ChatGen.Generator.Reading;

/// <summary>References from <c>x-chat</c> to definitions.</summary>
internal static class References
{
    private const string Prefix = "#/definitions/";

    /// <summary>The definition's name; <see langword="null"/>, after a diagnostic, if there is none or it is not what is needed.</summary>
    /// <param name="reference">The value of <c>$ref</c>.</param>
    /// <param name="schemas">The definitions.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="check">Says what the definition has to be; <see langword="null"/> if it is.</param>
    public static string? Resolve(JsonStringNode reference, SchemaObjectModel schemas, DiagnosticBag diagnostics, Func<string, string?> check)
    {
        if (!reference.Value.StartsWith("#", StringComparison.Ordinal))
        {
            diagnostics.Add(Descriptors.ExternalReference, reference, reference.Value);
            return null;
        }

        string name = reference.Value.StartsWith(Prefix, StringComparison.Ordinal) ? reference.Value.Substring(Prefix.Length) : "";
        if (schemas.Find(name) is null)
        {
            diagnostics.Add(Descriptors.UnresolvedReference, reference, reference.Value, Suggestion.Near(name, schemas.Names, "there is no such definition"));
            return null;
        }

        if (check(name) is { } needed)
        {
            diagnostics.Add(Descriptors.InvalidMapping, reference, $"The definition '{name}' must be {needed}");
            return null;
        }

        return name;
    }
}
