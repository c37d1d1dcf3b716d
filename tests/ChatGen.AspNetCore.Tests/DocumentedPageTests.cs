using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using ChatGen.Testing;
using ChatGen.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatGen.AspNetCore.Tests;

/// <summary>The script of docs/aspnetcore.md, in a browser.</summary>
public sealed partial class DocumentedPageTests
{
    [Fact]
    public async Task The_page_of_the_documentation_chats()
    {
        string chromium = await ChromiumProgram.RequireAsync();
        var said = new ConcurrentQueue<string>();
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        await using Site site = await Site.StartAsync(backend, settings: new() { ["Chat:StartSession:Queue"] = "sales" }, onKestrel: true, map: application =>
        {
            application.MapGet("/", () => Results.Content(
                $"<!doctype html><script type=module>let said = Promise.resolve();\nconsole.log = (...words) => said = said.then(() => fetch('/said', {{ method: 'POST', body: words.join(' ') }}));\n{Script()}</script>", "text/html"));
            application.MapPost("/said", async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body);
                said.Enqueue(await reader.ReadToEndAsync());
            });
        });

        string profile = Directory.CreateTempSubdirectory("chatgen-").FullName;
        using Process browser = Process.Start(new ProcessStartInfo(
            chromium, ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0", $"--user-data-dir={profile}", site.Address.ToString()])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            browser.OutputDataReceived += static (_, _) => { };
            browser.ErrorDataReceived += static (_, _) => { };
            browser.BeginOutputReadLine();
            browser.BeginErrorReadLine();
            CancellationToken patience = Patience();
            ChatBackendSession session = await backend.WaitForSessionAsync(0, patience);
            Assert.Equal("Jane", session.Username);
            await session.WaitUntilAsync(each => each.Messages.Contains("Hello"), patience);
            await session.Agent.ConnectAsync();
            await session.Agent.SendAsync("Good morning");
            await WaitAsync(() => said.Count >= 2, patience);

            // The server lets go of the chat, the stream ends, and the browser comes again for what is missing.
            await Task.WhenAll(site.Host.Chats.Select(site.Host.CloseAsync));
            await session.Agent.SendAsync("Are you still there?");
            await WaitAsync(() => said.Count >= 3, patience);
            Assert.Equal(["Jane Hello", "Sam Good morning", "Sam Are you still there?"], said);

            await session.Agent.EndAsync();
            await WaitAsync(() => site.Host.Streams == 0, patience);
        }
        finally
        {
            browser.Kill(entireProcessTree: true);
            await browser.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(profile, recursive: true);
        }
    }

    private static string Script()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ChatGen.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository is not above the tests.");
        }

        return JavaScript().Match(File.ReadAllText(Path.Combine(folder, "docs", "aspnetcore.md"))).Groups[1].Value;
    }

    /// <summary>A browser takes its time to start.</summary>
    private static CancellationToken Patience()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(TimeSpan.FromSeconds(90));
        return source.Token;
    }

    private static async Task WaitAsync(Func<bool> condition, CancellationToken patience)
    {
        while (!condition())
        {
            await Task.Delay(20, patience);
        }
    }

    [GeneratedRegex("```js\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JavaScript();
}
