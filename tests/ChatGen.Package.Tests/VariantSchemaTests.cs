namespace ChatGen.Package.Tests;

/// <summary>A program with a schema that extends the built-in one: what is right works, what is wrong does not compile.</summary>
public sealed class VariantSchemaTests(VariantProject variant) : IClassFixture<VariantProject>
{
    [Fact]
    public async Task A_schema_file_adds_options_and_error_codes_that_work_on_the_wire()
    {
        ScratchProject project = variant.With();

        ProcessRun build = (await project.BuildAsync()).RequireSuccess();
        Assert.Contains("0 Warning(s)", build.Lines);

        ProcessRun run = (await project.RunAsync()).RequireSuccess();
        Assert.Equal(Transcript.OfVariant, run.Lines);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Wrong_options_do_not_compile()
    {
        ProcessRun build = await variant.With("WrongOptions").BuildAsync();

        Assert.NotEqual(0, build.ExitCode);
        Assert.Equal(
            [
                "Program.cs(4,23): error CS9035: Required member 'StartSessionOptions.Queue' must be set in the object initializer or attribute constructor.",
                "Program.cs(5,98): error CS0117: 'StartSessionOptionsQueue' does not contain a definition for 'Shipping'",
                "Program.cs(6,73): error CS0029: Cannot implicitly convert type 'string' to 'Acme.Chat.StartSessionOptionsQueue'",
                "Program.cs(7,116): error CS0029: Cannot implicitly convert type 'string' to 'int?'",
                "Program.cs(8,126): error CS0029: Cannot implicitly convert type 'int' to 'System.TimeSpan'",
            ],
            build.Diagnostics.OrderBy(diagnostic => diagnostic.Line).Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public async Task A_mistake_in_the_schema_is_one_error_at_its_place_and_no_other()
    {
        ProcessRun build = await variant.With("BrokenSchema").BuildAsync();

        Assert.NotEqual(0, build.ExitCode);
        // What follows is the address of the diagnostic's page.
        BuildDiagnostic only = Assert.Single(build.Diagnostics);
        Assert.StartsWith("acme.chat.json(9,67): error CHAT1004: Unknown type 'intger'; did you mean 'integer'?", only.ToString(), StringComparison.Ordinal);
    }
}
