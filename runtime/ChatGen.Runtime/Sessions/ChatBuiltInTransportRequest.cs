namespace ChatGen;

/// <summary>What a built-in transport is made from.</summary>
/// <param name="ServerUrl">Address of the backend.</param>
/// <param name="DisableWebSockets">Whether it must not use WebSockets.</param>
public sealed record ChatBuiltInTransportRequest(Uri ServerUrl, bool DisableWebSockets);
