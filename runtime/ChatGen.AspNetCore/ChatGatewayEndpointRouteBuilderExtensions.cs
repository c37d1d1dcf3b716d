using ChatGen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of gateways.</summary>
public static class ChatGatewayEndpointRouteBuilderExtensions
{
    /// <summary>Maps the endpoints by which visitors chat. <c>docs/aspnetcore.md</c> lists them.</summary>
    /// <typeparam name="TClient">The generated client, for which a gateway was added to the container.</typeparam>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">The path below which they are, such as <c>/chat</c>. The visitors' cookies are sent below it alone.</param>
    /// <returns>All of them, to be given more: <c>.RequireRateLimiting("chat")</c>, <c>.RequireAuthorization()</c>.</returns>
    /// <exception cref="ArgumentException">The prefix does not begin with a slash, or has parameters.</exception>
    public static IEndpointConventionBuilder MapChat<TClient>(this IEndpointRouteBuilder endpoints, string prefix)
        where TClient : class, IChatClient<TClient>
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        prefix = prefix.TrimEnd('/');
        if (prefix is not ['/', ..] || prefix.AsSpan().ContainsAny("{}?*"))
        {
            throw new ArgumentException("The prefix must begin with a slash and have no parameters, such as '/chat'.", nameof(prefix));
        }

        ChatEndpoints chat = endpoints.ServiceProvider.GetRequiredService<ChatGateway<TClient>>().EndpointsAt(prefix);
        RouteGroupBuilder group = endpoints.MapGroup(prefix);
        group.MapGet("", (RequestDelegate)chat.DescribeAsync);
        group.MapPost("/start", (RequestDelegate)chat.StartAsync);
        group.MapPost("/restore", (RequestDelegate)chat.RestoreAsync);
        group.MapPost("/commands/{name}", (RequestDelegate)chat.ExecuteAsync);
        group.MapPost("/leave", (RequestDelegate)chat.LeaveAsync);
        group.MapGet("/events", (RequestDelegate)chat.StreamAsync);
        return group;
    }
}
