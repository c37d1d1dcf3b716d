namespace ChatGen.Runtime.Tests.Validation;

public class ChatRulesFormatTests
{
    [Theory]
    [InlineData(ChatFormat.Date, "2026-01-31", "a date such as 2026-01-31")]
    [InlineData(ChatFormat.Time, "12:00:00Z", "a time of day with an offset such as 12:00:00Z")]
    [InlineData(ChatFormat.Duration, "PT1H30M", "an ISO 8601 duration such as PT1H30M")]
    [InlineData(ChatFormat.Email, "jane@example.com", "an e-mail address")]
    [InlineData(ChatFormat.Hostname, "chat.example.com", "a host name")]
    [InlineData(ChatFormat.Ipv4, "127.0.0.1", "an IPv4 address")]
    [InlineData(ChatFormat.Ipv6, "::1", "an IPv6 address")]
    [InlineData(ChatFormat.UriReference, "/chat?x=1#y", "a URI reference")]
    [InlineData(ChatFormat.Iri, "https://b\u00FCcher.example/", "an absolute IRI")]
    [InlineData(ChatFormat.IriReference, "/b\u00FCcher", "an IRI reference")]
    [InlineData(ChatFormat.JsonPointer, "/a/0", "a JSON pointer")]
    [InlineData(ChatFormat.RelativeJsonPointer, "1/a", "a relative JSON pointer")]
    [InlineData(ChatFormat.UriTemplate, "/chat/{id}", "a URI template")]
    [InlineData(ChatFormat.Regex, "^a+$", "a regular expression of ECMA-262")]
    public void A_format_passes_what_it_means_and_words_what_it_does_not(ChatFormat format, string valid, string what)
    {
        List<ChatValidationFailure>? failures = null;

        ChatRules.Format(ref failures, "member", "Member", null, format);
        ChatRules.Format(ref failures, "member", "Member", valid, format);
        Assert.Null(failures);

        // A brace and a line feed stand in no format; a lone '(' is no regular expression.
        ChatRules.Format(ref failures, "member", "Member", "({\n", format);
        Assert.Equal([new ChatValidationFailure("$.member", "format", $"'Member' must be {what}")], failures!);
    }
}
