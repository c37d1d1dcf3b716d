using Scratch.Chat;

namespace Acme.Support;

/// <summary>What the library's users start their chats with.</summary>
public static class Support
{
    /// <summary>Options that are complete.</summary>
    public static StartSessionOptions Options { get; } = new() { ServerUrl = new Uri("https://chat.example.com/cometd") };
}
