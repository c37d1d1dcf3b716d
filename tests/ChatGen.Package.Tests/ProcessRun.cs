namespace ChatGen.Package.Tests;

/// <summary>What became of a program.</summary>
internal sealed record ProcessRun(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>What it wrote, line by line.</summary>
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The warnings and errors of a build. MSBuild repeats each in its summary; once is enough.</summary>
    public IReadOnlyList<BuildDiagnostic> Diagnostics => [.. Lines.Select(BuildDiagnostic.Parse).OfType<BuildDiagnostic>().Distinct()];

    /// <summary>Fails the test with all of the output unless the program succeeded.</summary>
    public ProcessRun RequireSuccess()
    {
        if (ExitCode != 0)
        {
            Assert.Fail(ToString());
        }

        return this;
    }

    public override string ToString() => $"'{Command}' ended with {ExitCode}:{Environment.NewLine}{Output}{Error}";
}
