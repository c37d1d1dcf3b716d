namespace WebChat.Client;

/// <summary>What the page's host says in <c>/chat.json</c>.</summary>
/// <param name="ServerUrl">Address of the CometD backend.</param>
public sealed record ChatAddress(Uri ServerUrl);
