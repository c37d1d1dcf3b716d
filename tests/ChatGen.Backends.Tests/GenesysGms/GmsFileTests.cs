using System.Text;
using System.Text.Json.Nodes;
using ChatGen.Backends.GenesysGms;
using Xunit;

namespace ChatGen.Backends.Tests.GenesysGms;

public sealed class GmsFileTests
{
    [Fact]
    public async Task Limits_come_as_a_notice()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        await client.UploadAsync("a.txt", [1, 2]);

        JsonNode notice = Assert.Single((await client.DoAsync("file/limits"))["messages"]!.AsArray())!;

        Assert.Equal(("Notice", "file-client-cfg-get"), ((string?)notice["type"], (string?)notice["text"]));
        Assert.Equal(
            ("3", "png:jpg:pdf:txt", "false", "1", "2"),
            ((string?)notice["userData"]!["upload-max-files"], (string?)notice["userData"]!["upload-file-types"], (string?)notice["userData"]!["upload-need-agent"], (string?)notice["userData"]!["used-upload-max-files"], (string?)notice["userData"]!["used-upload-max-total-size"]));
        Assert.Null(notice["index"]);
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Visitor_uploads_and_deletes()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();

        Reply uploaded = await client.UploadAsync("ä.txt", "Hello"u8.ToArray(), ("userData[file-description]", "greeting"));

        EmulatedFile file = await backend.Conversation!.WaitForFileAsync("ä.txt", Deadline.Token);
        Assert.Equal((file.Id, "Hello", "greeting"), ((string?)uploaded["userData"]!["file-id"], Encoding.UTF8.GetString(file.Content.Span), file.UserData["file-description"]));
        Assert.Equal(("FileUploaded", file.Id), (await client.RefreshAsync(2))[0] is var entry ? ((string?)entry["type"], (string?)entry["userData"]!["file-id"]) : default);
        Assert.Equal(200, (await client.DoAsync($"file/{file.Id}/delete")).Status);
        Assert.True(backend.Conversation!.Files[0].IsDeleted);
        Assert.Equal(404, (await client.DoAsync($"file/{file.Id}/download")).Status);
        Assert.Single(backend.Complaints);
    }

    [Fact]
    public async Task Visitor_downloads_what_the_agent_sends()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        await backend.Conversation!.AgentJoinsAsync("Ann");
        await backend.Conversation!.AgentSendsFileAsync("b.png", "image/png", [1, 2, 3]);

        JsonObject entry = (await client.RefreshAsync(3))[0];
        Reply file = await client.DoAsync($"file/{entry["userData"]!["file-id"]}/download");

        Assert.Equal([1, 2, 3], file.Content);
        Assert.Equal(("image/png", "b.png"), (file.ContentHeaders.ContentType!.MediaType, file.ContentHeaders.ContentDisposition!.FileName));
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Limits_are_kept()
    {
        GenesysGmsFileLimits limits = new() { MaxFiles = 2, MaxFileSize = 10, MaxTotalSize = 15, NeedsAgent = true };
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(new GenesysGmsOptions { Files = limits }, Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        Assert.Equal(403, await CodeAsync("a.txt", 1));
        await backend.Conversation!.AgentJoinsAsync("Ann");

        Assert.Equal(202, await CodeAsync("a.txt", 11));
        Assert.Equal(203, await CodeAsync("a.exe", 1));
        Assert.Null(await CodeAsync("a.txt", 10));
        Assert.Equal(202, await CodeAsync("b.txt", 6));
        Assert.Null(await CodeAsync("b.txt", 5));
        Assert.Equal(201, await CodeAsync("c.txt", 0));

        async Task<int?> CodeAsync(string name, int size) => (int?)(await client.UploadAsync(name, new byte[size]))["errors"]?[0]?["code"];
    }
}
