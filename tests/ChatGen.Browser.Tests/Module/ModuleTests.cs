using System.ComponentModel;
using System.Diagnostics;
using ChatGen.Browser.Tests.Site;
using Xunit;

namespace ChatGen.Browser.Tests;

/// <summary>Runs the tests of the JavaScript module, which are written in its own language: <c>chatgen.test.mjs</c>.</summary>
public sealed class ModuleTests
{
    [Fact]
    public async Task The_JavaScript_module_passes_its_tests()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using Process? node = Start();
        if (node is null)
        {
            const string Missing = "Node.js 20 or later has to be on the PATH for the tests of the JavaScript module.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Missing);
            Assert.Fail(Missing);
        }

        Task<string> error = node.StandardError.ReadToEndAsync(cancellationToken);
        string output = await node.StandardOutput.ReadToEndAsync(cancellationToken);
        await node.WaitForExitAsync(cancellationToken);
        Assert.True(node.ExitCode == 0, output + await error);
        Assert.DoesNotContain("# pass 0", output, StringComparison.Ordinal);
    }

    private static Process? Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", ["--test", "--test-reporter=tap", "chatgen.test.mjs"])
            {
                WorkingDirectory = Path.Combine(Repository.Root, "tests", "ChatGen.Browser.Tests", "Module"),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
