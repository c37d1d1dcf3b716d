using Microsoft.Extensions.Configuration;

namespace ChatGen;

/// <summary>Where what the server decides of a client's sessions is configured.</summary>
internal sealed record GatewayConfiguration<TClient>(IConfiguration Configuration);
