using System.Security.Cryptography;
using System.Text;

namespace ChatGen.Bayeux.Chaos.Servers;

/// <summary>RFC 6455, section 4.2.2: how a server shows that it has understood an upgrade.</summary>
internal static class WebSocketKey
{
    private const string Known = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

#pragma warning disable CA5350 // The specification has it so; nothing is kept secret by it.
    public static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Known)));
#pragma warning restore CA5350
}
