namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>What a real server has answered.</summary>
internal sealed record UpstreamResponse(int Status, string? ContentType, string[] SetCookies, string Body);
