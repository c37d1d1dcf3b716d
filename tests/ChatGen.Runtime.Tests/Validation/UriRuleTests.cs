namespace ChatGen.Runtime.Tests.Validation;

/// <summary>What <c>format: uri</c> says of a <see cref="Uri"/> is what it says of the text.</summary>
public sealed class UriRuleTests
{
    [Theory]
    [InlineData("https://chat.example.com/cometd")]
    [InlineData("https://user@example.com:8443/a%20b?c=d#e")]
    [InlineData("mailto:a@b.c")]
    [InlineData("http://[::1]/")]
    public void A_uri_is_one(string uri) => Assert.Empty(Check(uri));

    [Theory]
    [InlineData("cometd")]
    [InlineData("https://example.com/a b")]
    [InlineData("https://example.com/\u00e4")]
    [InlineData("https://example.com/%zz")]
    [InlineData("https://example.com/{id}")]
    [InlineData("https://example.com/#a#b")]
    [InlineData(" https://example.com/")]
    public void What_System_Uri_allows_beyond_RFC_3986_is_refused(string uri) =>
        Assert.Equal("'Url' must be an absolute URI", Assert.Single(Check(uri)).Message);

    [Fact]
    public void The_short_way_agrees_with_the_grammar()
    {
        const string Characters = "aZ09-._~/:?=&!$'()*+,;@#%[] ";
        var random = new Random(20260);
        int judged = 0;
        for (int i = 0; i < 200_000; i++)
        {
            string text = "http://a" + new string([.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Characters[random.Next(Characters.Length)])]);
            if (Uri.TryCreate(text, UriKind.Absolute, out _))
            {
                judged++;
                Assert.True(ChatFormats.IsUri(text) == (Check(text).Count == 0), text);
            }
        }

        Assert.True(judged > 20_000);
    }

    private static List<ChatValidationFailure> Check(string uri)
    {
        List<ChatValidationFailure>? failures = null;
        ChatRules.AbsoluteUri(ref failures, "url", "Url", new Uri(uri, UriKind.RelativeOrAbsolute));
        return failures ?? [];
    }
}
