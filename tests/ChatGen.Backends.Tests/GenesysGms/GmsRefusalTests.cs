using ChatGen.Backends.GenesysGms;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatGen.Backends.Tests.GenesysGms;

public sealed class GmsRefusalTests
{
    [Theory]
    [InlineData("emailAddress=jane%40example.com", 161)]
    [InlineData("firstName=Jane", 103)]
    [InlineData("lastName=Doe", 102)]
    [InlineData("nickname=Jane&emailAddress=nobody", 364)]
    [InlineData("nickname=Jane&nickname=Joan", 400)]
    [InlineData("nickname=Jane&age=7", 400)]
    [InlineData("nickname=Jane&userData=x", 400)]
    [InlineData("nickname=Jane&userData%5B%5D=x", 400)]
    public async Task Wrong_chat_requests_are_refused_with_a_code(string form, int code)
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);

        Reply reply = await client.PostAsync("", new StringContent(form, mediaType: new("application/x-www-form-urlencoded")));

        Assert.Equal((400, code), (reply.Status, (int)reply["errors"]![0]!["code"]!));
        Assert.False(reply.Json.ContainsKey("statusCode"));
        Assert.Single(backend.Complaints);
        Assert.Null(backend.Conversation);
    }

    [Theory]
    [InlineData("send", "", 400, 400)]
    [InlineData("send", "message=", 400, 400)]
    [InlineData("send", "message=a&text=b", 400, 400)]
    [InlineData("refresh", "transcriptPosition=x", 400, 400)]
    [InlineData("refresh", "transcriptPosition=-1", 400, 400)]
    [InlineData("refresh", "transcriptPosition=3", 400, 400)]
    [InlineData("readReceipt", "", 400, 400)]
    [InlineData("updateData", "", 400, 400)]
    [InlineData("pushUrl", "pushUrl=somewhere", 400, 400)]
    [InlineData("updateNickname", "", 400, 400)]
    [InlineData("customNotice", "", 400, 400)]
    [InlineData("disconnect", "reason=1", 400, 400)]
    [InlineData("file/nothing/download", "", 404, 404)]
    [InlineData("file/nothing/delete", "", 404, 404)]
    [InlineData("file", "", 415, 415)]
    [InlineData("nothing", "", 404, 404)]
    [InlineData("send/", "message=a", 404, 404)]
    [InlineData("send?message=a", "", 400, 400)]
    public async Task Wrong_operations_are_refused(string operation, string form, int status, int code)
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        string session = string.Join('&', client.Session.Select(field => $"{field.Key}={field.Value}"));

        Reply reply = await client.PostAsync($"/{client.ChatId}/{operation}", new StringContent($"{session}&{form}", mediaType: new("application/x-www-form-urlencoded")));

        Assert.Equal((status, code), (reply.Status, (int)reply["errors"]![0]!["code"]!));
        Assert.Single(backend.Complaints);
        Assert.False(backend.Conversation!.IsEnded);
    }

    [Theory]
    [InlineData("userId", null, 400, 400)]
    [InlineData("secureKey", null, 400, 400)]
    [InlineData("alias", null, 400, 400)]
    [InlineData("userId", "x", 404, 8201)]
    [InlineData("secureKey", "x", 403, 8210)]
    [InlineData("alias", "x", 400, 400)]
    public async Task Secrets_of_the_session_are_checked(string name, string? value, int status, int code)
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        client.Session.Remove(name);
        if (value is not null)
        {
            client.Session[name] = value;
        }

        Reply reply = await client.DoAsync("send", ("message", "Hello"));

        Assert.Equal((status, code), (reply.Status, (int)reply["errors"]![0]!["code"]!));
        Assert.Empty(backend.Conversation!.VisitorMessages);
        Assert.Equal(code == 8210, backend.Conversation!.IsEnded);
        Assert.Single(backend.Complaints);
    }

    [Fact]
    public async Task Visitor_with_a_wrong_secure_key_is_removed()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(cancellationToken: Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();
        string key = client.Session["secureKey"];
        client.Session["secureKey"] = "x";
        await client.DoAsync("refresh");
        client.Session["secureKey"] = key;

        Reply reply = await client.DoAsync("refresh");

        Assert.Equal((404, 8201), (reply.Status, (int)reply["errors"]![0]!["code"]!));
    }

    [Fact]
    public async Task Verb_content_type_and_key_are_checked()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(new GenesysGmsOptions { ApiKey = "key" }, Deadline.Token);
        using GmsClient client = new(backend);

        Reply verb = await client.SendAsync(HttpMethod.Get, "");
        Assert.Equal((405, "POST"), (verb.Status, verb.ContentHeaders.Allow.Single()));
        Assert.Equal(401, (await client.StartAsync()).Status);
        using HttpRequestMessage json = new(HttpMethod.Post, backend.Address) { Content = new StringContent("{}", mediaType: new("application/json")), Headers = { { "apikey", "key" } } };
        using HttpClient http = new();
        using HttpResponseMessage refused = await http.SendAsync(json, Deadline.Token);
        Assert.Equal(415, (int)refused.StatusCode);
        Assert.Equal([405, 401, 415], backend.Requests.Select(request => request.Status!.Value));
        Assert.Equal(3, backend.Complaints.Count);
    }

    [Fact]
    public async Task What_a_client_cannot_know_is_refused_without_a_complaint()
    {
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(new GenesysGmsOptions { MaxMessageLength = 5 }, Deadline.Token);
        using GmsClient client = new(backend);
        backend.IsOpen = false;
        Assert.Equal(240, (int)(await client.StartAsync())["errors"]![0]!["code"]!);
        backend.IsOpen = true;
        await client.StartAsync();

        Assert.Equal(204, (int)(await client.DoAsync("send", ("message", "123456")))["errors"]![0]!["code"]!);
        Assert.Empty(backend.Complaints);
    }

    [Fact]
    public async Task Silent_visitor_is_removed()
    {
        FakeTimeProvider time = new();
        await using GenesysGmsEmulator backend = await GenesysGmsEmulator.StartAsync(new GenesysGmsOptions { TimeProvider = time }, Deadline.Token);
        using GmsClient client = new(backend);
        await client.StartAsync();

        time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(200, (await client.DoAsync("refresh")).Status);
        time.Advance(TimeSpan.FromSeconds(299));
        Assert.False(backend.Conversation!.IsEnded);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(EmulatedEnd.Backend, backend.Conversation!.EndedBy);
        Assert.Equal(8201, (int)(await client.DoAsync("refresh"))["errors"]![0]!["code"]!);
        Assert.Contains("no request for 300 s", backend.Complaints[0]);
    }
}
