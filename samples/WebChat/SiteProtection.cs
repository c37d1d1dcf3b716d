namespace WebChat;

/// <summary>Keeps others out of the site.</summary>
internal static class SiteProtection
{
    /// <summary>Leads every other name of this machine to one, so that the page has one origin, which the backend allows, and no name that somebody else made up reaches it.</summary>
    public static IApplicationBuilder UseOneHost(this IApplicationBuilder application, string host) => application.Use((context, next) =>
    {
        if (context.Request.Host.Host == host)
        {
            return next(context);
        }

        context.Response.Redirect($"http://{host}:{context.Connection.LocalPort}{context.Request.Path}{context.Request.QueryString}");
        return Task.CompletedTask;
    });

    /// <summary>Tells the browser what to allow the page: its own files, WebAssembly, and connections to the chat backend.</summary>
    public static IApplicationBuilder UsePageHeaders(this IApplicationBuilder application, Func<Uri> server) =>
        application.Use((context, next) =>
        {
            string backend = server().GetLeftPart(UriPartial.Authority);
            IHeaderDictionary headers = context.Response.Headers;
            headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self' {backend} ws{backend["http".Length..]}; "
                + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            return next(context);
        });
}
