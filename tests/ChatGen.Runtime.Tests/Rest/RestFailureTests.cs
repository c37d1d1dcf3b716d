using System.Net;
using System.Text;

namespace ChatGen.Tests;

/// <summary>What becomes of answers that are none, and of requests that get none.</summary>
public sealed class RestFailureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_error_object_in_the_body_becomes_the_error()
    {
        ChatException exception = await FailAsync(Answer(HttpStatusCode.NotFound, """{"trace":[1],"error":{"extra":{},"description":"No such chat.","code":50}}"""));
        Assert.Equal(TestProtocol.UnknownSession, exception.Code);
        Assert.Equal("No such chat.", exception.Message);
        Assert.Equal(ChatRecovery.Ended, exception.Recovery);
    }

    [Fact]
    public async Task A_body_of_problem_details_can_hold_the_error_object()
    {
        ChatException exception = await FailAsync(Answer(HttpStatusCode.BadRequest, """{"title":"Bad","error":{"code":52}}""", "application/problem+json"));
        Assert.Equal(TestProtocol.CommandFailed, exception.Code);
        Assert.Equal("Description of CommandFailed.", exception.Message);
    }

    [Theory]
    [InlineData("""{"error":{"code":"chat.closed"}}""", "chat.closed")]
    [InlineData("""{"error":{"code":4711,"description":null}}""", "4711")]
    [InlineData("""{"error":{"code":"4711"}}""", "4711")]
    public async Task A_code_that_the_schema_does_not_name_is_kept(string body, string code)
    {
        ChatException exception = await FailAsync(Answer(HttpStatusCode.Conflict, body));
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
        ChatException exception = await FailAsync(Answer(HttpStatusCode.BadGateway, body));
        Assert.Equal(TestProtocol.Interrupted, exception.Code);
        Assert.Equal("The backend answered 502 with no error object.", exception.Message);
    }

    [Theory]
    [InlineData("", "application/json", "is empty")]
    [InlineData(" \n", "text/plain", "is empty")]
    [InlineData("<!DOCTYPE html><title>Log in</title>", "text/html", "is a page of HTML or XML instead of JSON")]
    [InlineData("""{"transcript":[""", "application/json", "is not JSON: ")]
    [InlineData("OK", "text/plain", "is not JSON: ")]
    [InlineData("""{"transcript":[{"type":"MessageReceived","index":1}]}""", "application/json", "breaks the schema: $.transcript[0].text: is missing")]
    public async Task An_answer_with_success_that_cannot_be_read_is_a_library_error_that_says_why(string body, string mediaType, string problem)
    {
        ChatException exception = await FailAsync(Answer(HttpStatusCode.OK, body, mediaType), TestProtocol.GetTranscript.With(new TranscriptOptions(0)));
        Assert.Equal(TestProtocol.Unspecified, exception.Code);
        Assert.StartsWith($"The backend's answer to 'getTranscript' {problem}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_instead_of_an_answer_is_an_error_even_where_nothing_is_read()
    {
        ChatException exception = await FailAsync(Answer(HttpStatusCode.OK, "<html>Log in</html>", "text/html"));
        Assert.Equal("The backend's answer to 'sendMessage' is a page of HTML or XML instead of JSON.", exception.Message);
    }

    [Fact]
    public async Task An_answer_without_end_is_given_up()
    {
        var response = new HttpResponseMessage { Content = new StreamContent(new EndlessStream()) };
        ChatException exception = await FailAsync(() => Task.FromResult(response));
        Assert.Equal("The backend's answer to 'sendMessage' is larger than 4 MiB.", exception.Message);
    }

    [Fact]
    public async Task A_redirect_is_refused()
    {
        HttpResponseMessage answer = new(HttpStatusCode.TemporaryRedirect) { Headers = { Location = new Uri("https://elsewhere.example.com/") } };
        ChatException exception = await FailAsync(() => Task.FromResult(answer));
        Assert.Equal(TestProtocol.Unspecified, exception.Code);
        Assert.StartsWith("The backend redirects 'sendMessage' to another address.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_whose_status_a_browser_hides_is_refused()
    {
        ChatException exception = await FailAsync(() => Task.FromResult(new HttpResponseMessage(0)));
        Assert.StartsWith("The backend redirects 'sendMessage' to another address.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_a_handler_has_fetched_from_elsewhere_is_refused()
    {
        HttpResponseMessage answer = ScriptedHttp.Json("{}");
        answer.RequestMessage = new HttpRequestMessage(HttpMethod.Get, "https://elsewhere.example.com/messages");
        ChatException exception = await FailAsync(() => Task.FromResult(answer));
        Assert.StartsWith("The backend redirects 'sendMessage' to another address.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_does_not_get_through_is_a_connection_error()
    {
        var refused = new HttpRequestException("Connection refused");
        ChatException exception = await FailAsync(() => throw refused);
        Assert.Equal(TestProtocol.Interrupted, exception.Code);
        Assert.Same(refused, exception.InnerException);
        Assert.Equal("The backend cannot be reached: Connection refused", exception.Message);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_answer_leaves_open_what_became_of_the_request()
    {
        foreach (Exception cause in new Exception[] { new HttpIOException(HttpRequestError.ResponseEnded), new IOException("reset"), new HttpRequestException("broken", new IOException("reset")) })
        {
            ChatException exception = await FailAsync(() => throw cause);
            Assert.Equal(TestProtocol.Interrupted, exception.Code);
            Assert.EndsWith("The backend may have processed it all the same.", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_a_connection_error()
    {
        foreach (Exception cause in new Exception[] { new TaskCanceledException(), new TimeoutException() })
        {
            ChatException exception = await FailAsync(() => throw cause);
            Assert.Equal(TestProtocol.Interrupted, exception.Code);
            Assert.Equal("The backend did not answer 'sendMessage' in time.", exception.Message);
        }
    }

    [Fact]
    public async Task Anything_else_is_a_library_error()
    {
        var cause = new NotSupportedException();
        ChatException exception = await FailAsync(() => throw cause);
        Assert.Equal(TestProtocol.Unspecified, exception.Code);
        Assert.Same(cause, exception.InnerException);
    }

    private static Func<Task<HttpResponseMessage>> Answer(HttpStatusCode status, string? body, string mediaType = "application/json") => () =>
        Task.FromResult(new HttpResponseMessage(status) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, mediaType) });

    private static async Task<ChatException> FailAsync(Func<Task<HttpResponseMessage>> answer, ChatCommand? command = null)
    {
        var backend = new ScriptedRestBackend { OnCommand = _ => answer(), OnRead = (_, _) => answer() };
        var host = new RecordingHost(new SignallingTimeProvider(), ScriptedRestBackend.Protocol(TimeSpan.FromSeconds(1)));
        RestChatTransport transport = backend.Transport(host.Protocol);
        await transport.InitializeAsync(host, Ct);
        await transport.StartSessionAsync(TestProtocol.Start.With(new StartOptions("Jane")), Ct);
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => transport.SendAsync(command ?? TestProtocol.SendMessage.With(new MessageOptions("a")), Ct));
        await transport.CloseAsync();
        for (Exception? thrown = exception; thrown is not null; thrown = thrown.InnerException)
        {
            Assert.DoesNotContain("secret", thrown.ToString(), StringComparison.Ordinal);
        }

        return exception;
    }
}
