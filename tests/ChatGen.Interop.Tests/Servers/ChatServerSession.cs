using System.Text.Json.Nodes;

namespace ChatGen.Interop.Tests.Servers;

/// <summary>A chat session as its server sees it.</summary>
/// <param name="Username">Name of the visitor.</param>
/// <param name="Subject">What the chat is about; <see langword="null"/> if nothing was given.</param>
/// <param name="UserData">Data attached to the session.</param>
/// <param name="IsTyping">Whether the visitor is typing.</param>
/// <param name="TypedText">What the visitor has typed; <see langword="null"/> if they have not told.</param>
internal sealed record ChatServerSession(string Username, string? Subject, JsonObject UserData, bool IsTyping, string? TypedText);
