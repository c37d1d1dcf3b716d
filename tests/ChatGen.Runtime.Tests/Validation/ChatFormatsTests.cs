namespace ChatGen.Runtime.Tests.Validation;

public class ChatFormatsTests
{
    [Theory]
    [InlineData("0000-02-29", true)]
    [InlineData("9999-12-31", true)]
    [InlineData("1900-02-29", false)]
    public void A_date_is_a_day_that_exists(string value, bool expected) => Assert.Equal(expected, ChatFormats.IsDate(value));

    [Theory]
    [InlineData("23:59:60.999Z", true)]
    [InlineData("00:29:60+00:30", true)]
    [InlineData("23:59:60-00:00", true)]
    [InlineData("23:59:59.Z", false)]
    [InlineData("23:59:59", false)]
    [InlineData("23:59:59+0000", false)]
    public void A_leap_second_stands_at_the_end_of_a_day_of_utc(string value, bool expected) => Assert.Equal(expected, ChatFormats.IsTime(value));

    [Theory]
    [InlineData("1998-12-31t23:59:60z", true)]
    [InlineData("1998-12-31 23:59:59Z", false)]
    [InlineData("1998-12-31T", false)]
    [InlineData("", false)]
    public void A_date_time_has_both_parts(string value, bool expected) => Assert.Equal(expected, ChatFormats.IsDateTime(value));

    [Theory]
    [InlineData("P1DT", false)]
    [InlineData("P1W1D", false)]
    [InlineData("P1YT1H", true)]
    [InlineData("P1YT1S", true)]
    [InlineData("PT1S1M", false)]
    [InlineData("PT1M1M", false)]
    [InlineData("p1D", false)]
    [InlineData("P1d", false)]
    public void A_duration_has_units_in_order_without_gaps(string value, bool expected) => Assert.Equal(expected, ChatFormats.IsDuration(value));

    [Theory]
    [InlineData("\"a\\\"b\"@example.com", true)]
    [InlineData("\"a\\\\\"b\"@example.com", false)]
    [InlineData("\"a\\\"@example.com", false)]
    [InlineData("\"\"@example.com", true)]
    [InlineData("\"@example.com", false)]
    [InlineData("a@b", true)]
    [InlineData("a@b.", false)]
    [InlineData("a@-b", false)]
    [InlineData("a@[IPv6:1::]", true)]
    [InlineData("a@[IPv6:1]", false)]
    [InlineData("a@[x-y:z]", true)]
    [InlineData("a@[x-:z]", false)]
    [InlineData("a@[x:]", false)]
    [InlineData("a@[1.2.3.4", false)]
    [InlineData("\u00E9@example.com", false)]
    [InlineData("a@\u00E9.com", false)]
    [InlineData("a@b\n", false)]
    public void An_email_address_is_a_mailbox_of_smtp(string value, bool expected) => Assert.Equal(expected, ChatFormats.IsEmail(value));

    [Fact]
    public void An_email_address_keeps_the_limits_of_smtp()
    {
        Assert.True(ChatFormats.IsEmail(new string('a', 64) + "@b.example"));
        Assert.False(ChatFormats.IsEmail(new string('a', 65) + "@b.example"));
        Assert.False(ChatFormats.IsEmail("a@" + string.Join('.', Enumerable.Repeat("abcdefg", 32))));
    }

    [Fact]
    public void A_host_name_has_at_most_253_characters()
    {
        string longest = string.Join('.', Enumerable.Repeat("abcdefg", 31)) + ".abcde";

        Assert.Equal(253, longest.Length);
        Assert.True(ChatFormats.IsHostname(longest));
        Assert.False(ChatFormats.IsHostname(longest + "f"));
    }

    [Theory]
    [InlineData("xn--bcher-kva.example", true)]
    [InlineData("XN--BCHER-KVA.example", true)]
    [InlineData("xn--", false)]
    [InlineData("xn--abc-", false)]
    [InlineData("xn---abc", false)]
    [InlineData("xn--99999999999999999", false)]
    [InlineData("xn--bcher-kv", false)]
    [InlineData("a..b", false)]
    [InlineData("1.2.3.4", true)]
    public void An_a_label_is_punycode_of_allowed_letters(string value, bool expected) => Assert.Equal(expected, ChatFormats.IsHostname(value));

    [Theory]
    [InlineData("01.2.3.4", false)]
    [InlineData("1.2.3.", false)]
    [InlineData("1.2.3.4.", false)]
    [InlineData("1.2.3.1000", false)]
    public void An_ipv4_address_is_four_decimal_numbers(string value, bool expected) => Assert.Equal(expected, ChatFormats.IsIpv4(value));

    [Theory]
    [InlineData("1:2:3:4:5:6:7::", true)]
    [InlineData("::2:3:4:5:6:7:8", true)]
    [InlineData("1:2:3:4:5:6:7:8::", false)]
    [InlineData("::1:2:3:4:5:6:7:8", false)]
    [InlineData("1:2:3:4:5:6:1.2.3.4", true)]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4", false)]
    [InlineData("::1:2:3:4:5:1.2.3.4", true)]
    [InlineData("::1.2.3.4:5", false)]
    [InlineData("1.2.3.4::", false)]
    [InlineData(":", false)]
    [InlineData(":::", false)]
    [InlineData("", false)]
    public void An_ipv6_address_has_eight_groups(string value, bool expected) => Assert.Equal(expected, ChatFormats.IsIpv6(value));

    [Theory]
    [InlineData("a:", true, true)]
    [InlineData("a:b:c", true, true)]
    [InlineData("a+-.1:b", true, true)]
    [InlineData("http://a:b@[v1.x:y]:80/", true, true)]
    [InlineData("http://[v.x]/", false, false)]
    [InlineData("http://[v1.]/", false, false)]
    [InlineData("http://[::1]a/", false, false)]
    [InlineData("http://a#b#c", false, false)]
    [InlineData("http://a?b?c", true, true)]
    [InlineData("http://a:", true, true)]
    [InlineData("?a:b", false, true)]
    [InlineData("a/b:c", false, true)]
    [InlineData("a?b:c", false, true)]
    [InlineData("a\n", false, false)]
    [InlineData("a%", false, false)]
    public void A_uri_has_a_scheme_and_a_reference_need_not(string value, bool isUri, bool isReference)
    {
        Assert.Equal((isUri, isReference), (ChatFormats.IsUri(value), ChatFormats.IsUriReference(value)));
        Assert.Equal((isUri, isReference), (ChatFormats.IsIri(value), ChatFormats.IsIriReference(value)));
    }

    [Theory]
    [InlineData("\uE000", false)]
    [InlineData("?\uE000", true)]
    [InlineData("#\uE000", false)]
    [InlineData("\uD800", false)]
    [InlineData("\uDC00", false)]
    [InlineData("\U0001FFFE", false)]
    [InlineData("\U0010FFFD", false)]
    [InlineData("?\U0010FFFD", true)]
    [InlineData("a\u202Eb", false)]
    [InlineData("\u0085", false)]
    public void An_iri_has_the_characters_of_rfc_3987(string value, bool expected) => Assert.Equal(expected, ChatFormats.IsIriReference(value));

    [Theory]
    [InlineData("{=a}", true)]
    [InlineData("{a:1*}", false)]
    [InlineData("{a*,b:9999}", true)]
    [InlineData("{%4}", false)]
    [InlineData("{.}", false)]
    [InlineData("{a.}", false)]
    [InlineData("{a", false)]
    [InlineData("{a{b}}", false)]
    [InlineData("%4", false)]
    [InlineData("\uD800", false)]
    public void A_uri_template_has_whole_expressions(string value, bool expected) => Assert.Equal(expected, ChatFormats.IsUriTemplate(value));

    [Theory]
    [InlineData("0", true)]
    [InlineData("00", false)]
    [InlineData("0a", false)]
    [InlineData("#", false)]
    [InlineData("10/~0~1", true)]
    public void A_relative_json_pointer_begins_with_a_number(string value, bool expected) => Assert.Equal(expected, ChatFormats.IsRelativeJsonPointer(value));

    [Theory]
    [InlineData("(?<a>x)\\k<a>", true)]
    [InlineData("\\p{Script=Greek}", true)]
    [InlineData("\\p{Script=Geek}", false)]
    [InlineData("(?:(a)|b)*\\1", true)]
    [InlineData("a{2,1}", false)]
    [InlineData("a{99999999999,}", true)]
    [InlineData("\\", false)]
    [InlineData("(?<=a)*", false)]
    [InlineData("(?>a)", false)]
    [InlineData("[^\\]", false)]
    public void A_regex_is_one_of_ecma_262(string value, bool expected) => Assert.Equal(expected, ChatFormats.IsRegex(value));

    [Fact]
    public void Hostile_values_are_refused_without_delay()
    {
        const int Length = 1_000_000;

        Assert.False(ChatFormats.IsRegex(new string('(', Length)));
        Assert.False(ChatFormats.IsIpv6(new string(':', Length)));
        Assert.False(ChatFormats.IsEmail(new string('@', Length)));
        Assert.False(ChatFormats.IsUriTemplate(new string('{', Length)));
        Assert.False(ChatFormats.IsHostname("xn--" + new string('9', Length)));
        Assert.False(ChatFormats.IsUri("http://" + new string('[', Length)));
        Assert.False(ChatFormats.IsRelativeJsonPointer(new string('0', Length)));
        Assert.True(ChatFormats.IsDuration("P" + new string('9', Length) + "D"));
    }
}
