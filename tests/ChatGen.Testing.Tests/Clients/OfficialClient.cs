using System.Diagnostics;
using System.Text.Json;
using ChatGen.Tests.Shared;
using Xunit;

namespace ChatGen.Testing.Tests.Clients;

/// <summary>The CometD project's own JavaScript client, at one item of <c>official-client-items.js</c>.</summary>
internal static class OfficialClient
{
    /// <summary>Runs an item to its end.</summary>
    /// <param name="url">Address of the CometD backend.</param>
    /// <param name="transport"><c>long-polling</c> or <c>websocket</c>.</param>
    /// <param name="item">The item.</param>
    /// <param name="makeTrouble">Makes the trouble that the item asks for.</param>
    public static async Task PassesAsync(Uri url, string transport, string item, Func<string, Task> makeTrouble)
    {
        await NpmPackages.InteropServers.RequireAsync();
        CancellationToken deadline = Deadline.Token;
        using Process process = NodeProgram.Start("node", ["official-client-items.js", url.AbsoluteUri, transport, item], NpmPackages.InteropServers.Folder);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            string? outcome = null;
            while (await process.StandardOutput.ReadLineAsync(deadline) is { } line)
            {
                using JsonDocument said = JsonDocument.Parse(line);
                if (said.RootElement.TryGetProperty("fault", out JsonElement fault))
                {
                    await makeTrouble(fault.GetString()!);
                    await process.StandardInput.WriteLineAsync("made".AsMemory(), deadline);
                    await process.StandardInput.FlushAsync(deadline);
                }
                else
                {
                    outcome = said.RootElement.TryGetProperty("failed", out JsonElement failure) ? failure.GetString() : said.RootElement.GetProperty("passed").GetString();
                }
            }

            await process.WaitForExitAsync(deadline);
            Assert.True(process.ExitCode == 0 && outcome == item, $"{outcome}\n{await error}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
