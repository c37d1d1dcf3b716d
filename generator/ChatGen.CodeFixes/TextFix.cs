using Microsoft.CodeAnalysis.Text;

namespace ChatGen.CodeFixes;

/// <summary>A way to mend a diagnostic by changing the code around it.</summary>
/// <param name="Title">What it is called in the menu.</param>
/// <param name="Key">The same for ways that mend different diagnostics alike.</param>
/// <param name="Changes">What changes in the file of the diagnostic.</param>
internal sealed record TextFix(string Title, string Key, IReadOnlyList<TextChange> Changes)
{
    /// <summary>Whether it is one of several that lie below one entry of the menu.</summary>
    public bool IsNested { get; init; }
}
