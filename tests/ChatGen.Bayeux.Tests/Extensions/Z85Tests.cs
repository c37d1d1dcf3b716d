using System.Text;
using Xunit;

namespace ChatGen.Bayeux.Tests.Extensions;

public sealed class Z85Tests
{
    [Theory]
    [InlineData("864FD26FB559F75B", "HelloWorld")]
    [InlineData("8E0BDD697628B91D8F245587EE95C5B04D48963F79259877B49CD9063AEAD3B7", "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6")]
    [InlineData("", "")]
    [InlineData("00000000", "00000")]
    [InlineData("FFFFFFFF", "%nSc0")]
    public void Known_vectors_agree(string hex, string text)
    {
        Assert.Equal(text, Z85.Encode(Convert.FromHexString(hex)));
        Assert.Equal(hex, Convert.ToHexString(Z85.Decode(text)!));
    }

    [Fact]
    public void Bytes_of_any_length_come_back()
    {
        var random = new Random(5);
        for (int length = 0; length < 70; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            string text = Z85.Encode(bytes);
            Assert.Equal((length / 4 * 5) + (length % 4 == 0 ? 0 : (length % 4) + 1), text.Length);
            Assert.Equal(bytes, Z85.Decode(text));
        }
    }

    [Theory]
    [InlineData("Hello World")]
    [InlineData("Hello\"")]
    [InlineData("é0000")]
    [InlineData("0")]
    [InlineData("000000")]
    [InlineData("#####")]
    [InlineData("%nSc1")]
    public void What_is_no_base_85_is_refused(string text) => Assert.Null(Z85.Decode(text));

    [Fact]
    public void An_event_that_claims_to_be_binary_and_is_not_gives_no_bytes()
    {
        Assert.False(Event("""{"data":"H e l l"}""", """{"binary":{}}""").TryReadBinary(out _));
        Assert.False(Event("""{"data":5}""", """{"binary":{}}""").TryReadBinary(out _));
        Assert.False(Event("7", """{"binary":{}}""").TryReadBinary(out _));
        Assert.False(Event("""{"data":"HelloWorld"}""", "").TryReadBinary(out _));
        Assert.False(Event("""{"data":"\ud800"}""", """{"binary":{}}""").TryReadBinary(out _));
        Assert.True(Event("""{"data":"HelloWorld","last":false,"meta":[1]}""", """{"binary":{}}""").TryReadBinary(out BayeuxBinaryData data));
        Assert.Equal("864FD26FB559F75B", Convert.ToHexString(data.Bytes.Span));
        Assert.False(data.IsLast);
        Assert.Equal("[1]", Encoding.UTF8.GetString(data.Utf8Meta.Span));
    }

    private static BayeuxEvent Event(string data, string ext) => new("/a", Encoding.UTF8.GetBytes(data)) { Ext = Encoding.UTF8.GetBytes(ext) };
}
