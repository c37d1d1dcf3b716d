using System.Diagnostics.CodeAnalysis;

namespace WebChat.Client.Conversations;

/// <summary>Addresses that a page may lead to. The text is anybody's: an address with another scheme could run code in the page.</summary>
public static class WebAddress
{
    /// <summary>Reads a text that is an http or https address and nothing else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && (address.Scheme is "http" or "https") && !text.Any(char.IsWhiteSpace);
}
