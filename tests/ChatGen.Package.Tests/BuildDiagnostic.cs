using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatGen.Package.Tests;

/// <summary>A warning or an error as MSBuild prints it: <c>file(line,column): error id: message [project]</c>.</summary>
/// <param name="File">The file; may be empty.</param>
/// <param name="Line">The line from 1; 0 if there is none.</param>
/// <param name="Column">The column from 1; 0 if there is none.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Id">The id, such as <c>CS9035</c>.</param>
/// <param name="Message">The message.</param>
internal sealed partial record BuildDiagnostic(string File, int Line, int Column, string Severity, string Id, string Message)
{
    /// <summary>Reads a line of a build's output; <see langword="null"/> if it is something else.</summary>
    public static BuildDiagnostic? Parse(string line)
    {
        Match match = Pattern().Match(line);
        return match.Success
            ? new BuildDiagnostic(
                match.Groups["file"].Value.Trim(),
                Number(match.Groups["line"]),
                Number(match.Groups["column"]),
                match.Groups["severity"].Value,
                match.Groups["id"].Value,
                match.Groups["message"].Value)
            : null;
    }

    /// <summary>As MSBuild prints it, without folders.</summary>
    public override string ToString() => $"{Path.GetFileName(File)}({Line},{Column}): {Severity} {Id}: {Message}";

    private static int Number(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?<file>.*?)(\((?<line>\d+),(?<column>\d+)\))?\s*:.*?\b(?<severity>error|warning) (?<id>[A-Z]+\d+)\s*:\s*(?<message>.*?)(\s+\[[^\[\]]+\])?$")]
    private static partial Regex Pattern();
}
