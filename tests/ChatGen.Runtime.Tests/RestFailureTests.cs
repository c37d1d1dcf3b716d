using System.Net;
using System.Text;
using System.Text.Json;
using Refit;

namespace ChatGen.Tests;

/// <summary>What becomes of the exceptions that Refit throws.</summary>
public sealed class RestFailureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_error_object_in_the_body_becomes_the_error()
    {
        ChatException exception = await FailAsync(await ApiAsync(HttpStatusCode.NotFound, """{"trace":[1],"error":{"extra":{},"description":"No such chat.","code":50}}"""));
        Assert.Equal(TestProtocol.UnknownSession, exception.Code);
        Assert.Equal("No such chat.", exception.Message);
        Assert.Equal(ChatRecovery.Ended, exception.Recovery);
    }

    [Fact]
    public async Task A_body_of_problem_details_can_hold_the_error_object()
    {
        ApiException api = await ApiAsync(HttpStatusCode.BadRequest, """{"title":"Bad","error":{"code":52}}""", "application/problem+json");
        ChatException exception = await FailAsync(api);
        Assert.Equal(TestProtocol.CommandFailed, exception.Code);
        Assert.Equal("Description of CommandFailed.", exception.Message);
    }

    [Theory]
    [InlineData("""{"error":{"code":"chat.closed"}}""", "chat.closed")]
    [InlineData("""{"error":{"code":4711,"description":null}}""", "4711")]
    public async Task A_code_that_the_schema_does_not_name_is_kept(string body, string code)
    {
        ChatException exception = await FailAsync(await ApiAsync(HttpStatusCode.Conflict, body));
        Assert.Equal(code, exception.Code.ToString());
        Assert.Equal($"The backend reported the error {code}.", exception.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"error":"broken"}""")]
    [InlineData("""{"error":{"description":"no code"}}""")]
    public async Task A_status_without_error_object_is_a_connection_error(string? body)
    {
        ChatException exception = await FailAsync(await ApiAsync(HttpStatusCode.BadGateway, body));
        Assert.Equal(TestProtocol.Interrupted, exception.Code);
        Assert.Equal("The backend answered 502 with no error object.", exception.Message);
    }

    [Fact]
    public async Task No_exception_of_Refit_is_handed_on_since_it_carries_the_request_with_its_secrets()
    {
        for (Exception? exception = await FailAsync(await ApiAsync(HttpStatusCode.BadGateway, "{}")); exception is not null; exception = exception.InnerException)
        {
            Assert.IsNotAssignableFrom<ApiExceptionBase>(exception);
            Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Malformed_JSON_is_a_library_error_that_says_what_is_wrong()
    {
        JsonException malformed = ChatJson.Missing("transcript[0].text");
        ApiException wrapped = await ApiAsync(HttpStatusCode.OK, "{}", inner: malformed);
        foreach (Exception thrown in new Exception[] { malformed, wrapped })
        {
            ChatException exception = await FailAsync(thrown);
            Assert.Equal(TestProtocol.Unspecified, exception.Code);
            Assert.Equal("The backend's answer to 'sendMessage' breaks the schema: $.transcript[0].text: is missing.", exception.Message);
            Assert.Same(malformed, exception.InnerException);
        }
    }

    [Fact]
    public async Task A_request_that_does_not_get_through_is_a_connection_error()
    {
        var refused = new HttpRequestException("Connection refused");
        ChatException exception = await FailAsync(Wrap(refused));
        Assert.Equal(TestProtocol.Interrupted, exception.Code);
        Assert.Same(refused, exception.InnerException);
        Assert.Equal(TestProtocol.Interrupted, (await FailAsync(refused)).Code);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_a_connection_error()
    {
        foreach (Exception thrown in new Exception[] { new TaskCanceledException(), Wrap(new TaskCanceledException("", new TimeoutException())), new TimeoutException() })
        {
            ChatException exception = await FailAsync(thrown);
            Assert.Equal(TestProtocol.Interrupted, exception.Code);
            Assert.Equal("The backend did not answer 'sendMessage' in time.", exception.Message);
        }
    }

    [Fact]
    public async Task Anything_else_is_a_library_error()
    {
        var cause = new NotSupportedException();
        ChatException exception = await FailAsync(cause);
        Assert.Equal(TestProtocol.Unspecified, exception.Code);
        Assert.Same(cause, exception.InnerException);
    }

    private static HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://chat.example.com/session/messages");
        request.Headers.Add("X-Chat-Session", "secret-1");
        return request;
    }

    private static ApiRequestException Wrap(Exception cause) => new(Request(), HttpMethod.Post, new RefitSettings(), cause);

    private static async Task<ApiException> ApiAsync(HttpStatusCode status, string? body, string mediaType = "application/json", Exception? inner = null)
    {
        using var response = new HttpResponseMessage(status) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, mediaType) };
        return inner is null
            ? await ApiException.Create(Request(), HttpMethod.Post, response, new RefitSettings())
            : await ApiException.Create("deserialization", Request(), HttpMethod.Post, response, new RefitSettings(), inner);
    }

    private static async Task<ChatException> FailAsync(Exception thrown)
    {
        var transport = new TestRestTransport(TimeSpan.FromSeconds(1)) { OnCommand = _ => throw thrown };
        await transport.InitializeAsync(new RecordingHost(new SignallingTimeProvider()), Ct);
        await transport.StartSessionAsync(TestProtocol.Start.With(new StartOptions("Jane")), Ct);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => transport.SendAsync(TestProtocol.SendMessage.With(new MessageOptions("a")), Ct));
        await transport.CloseAsync();
        return exception;
    }
}
