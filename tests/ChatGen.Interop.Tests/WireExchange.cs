namespace ChatGen.Interop.Tests;

/// <summary>A request and its response.</summary>
/// <param name="Cookie">The cookies that were sent; <see langword="null"/> if none was.</param>
/// <param name="SetCookie">The cookies that were set; <see langword="null"/> if none was.</param>
/// <param name="Response">The response's text.</param>
internal sealed record WireExchange(string? Cookie, string? SetCookie, string Response);
