using System.Text.Json;
using ChatGen.AspNetCore.Tests.Chat;
using Microsoft.AspNetCore.Http;

namespace ChatGen.AspNetCore.Tests;

public sealed class ProblemTests
{
    public static TheoryData<int, int> Codes => new()
    {
        { 3, 422 },
        { 50, 410 },
        { 150, 502 },
        { 0, 502 },
        { 987_654, 422 },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_status_tells_whose_the_error_is(int code, int status) =>
        Assert.Equal(status, ChatProblem.Of(new ChatException(ChatSchema.Protocol.Errors.Find(code), "No."), ChatSchema.Protocol.Errors).Status);

    [Fact]
    public async Task What_the_backend_said_is_told_with_the_code_and_what_the_schema_says_of_it()
    {
        JsonElement problem = await WriteAsync(ChatProblem.Of(new ChatException(ChatSchema.Protocol.Errors.Find(50), "We do not know that chat."), ChatSchema.Protocol.Errors));
        Assert.Equal(410, problem.GetProperty("status").GetInt32());
        Assert.Equal("backend", problem.GetProperty("reason").GetString());
        Assert.Equal(50, problem.GetProperty("code").GetInt32());
        Assert.Equal("UnknownSession", problem.GetProperty("name").GetString());
        Assert.Equal("ended", problem.GetProperty("recovery").GetString());
        Assert.Equal("We do not know that chat.", problem.GetProperty("detail").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
    }

    [Fact]
    public async Task What_the_client_says_of_the_server_is_not_told()
    {
        JsonElement problem = await WriteAsync(ChatProblem.Of(new ChatException(ChatSchema.Protocol.Errors.Connection, "No connection to 10.0.0.7."), ChatSchema.Protocol.Errors));
        Assert.DoesNotContain("10.0.0.7", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(150, problem.GetProperty("code").GetInt32());
    }

    [Fact]
    public void No_error_of_the_backend_asks_to_be_repeated_blindly() =>
        Assert.DoesNotContain(
            ChatSchema.Protocol.Errors.Known,
            code => ChatProblem.Of(new ChatException(code, "No."), ChatSchema.Protocol.Errors).Status == 503);

    private static async Task<JsonElement> WriteAsync(ChatProblem problem)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext();
        context.Response.Body = body;
        await problem.WriteAsync(context, TimeSpan.FromSeconds(1));
        Assert.Equal("application/problem+json", context.Response.ContentType);
        return JsonElement.Parse(body.ToArray());
    }
}
