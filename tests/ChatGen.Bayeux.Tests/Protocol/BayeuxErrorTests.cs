using Xunit;

namespace ChatGen.Bayeux.Tests.Protocol;

public sealed class BayeuxErrorTests
{
    [Theory]
    [InlineData("402::session_unknown", 402, "", "session_unknown")]
    [InlineData("401:abc,/x:Unknown client", 401, "abc,/x", "Unknown client")]
    [InlineData("403:a:b:c", 403, "a", "b:c")]
    [InlineData("no such thing", 0, "", "no such thing")]
    [InlineData("4x2::text", 0, "", "4x2::text")]
    [InlineData("", 0, "", "")]
    public void Errors_fall_into_code_arguments_and_text(string error, int code, string arguments, string text)
    {
        BayeuxError parsed = BayeuxError.Parse(error);
        Assert.Equal((code, arguments, text), (parsed.Code, parsed.Arguments, parsed.Text));
    }

    [Fact]
    public void The_client_id_among_the_arguments_is_not_shown() => Assert.Equal("401 Unknown client", BayeuxError.Parse("401:secret:Unknown client").ToString());
}
