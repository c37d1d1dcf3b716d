namespace WebChat;

/// <summary>What the browser is told to allow the page: its own files, WebAssembly, and connections to the chat backend.</summary>
internal static class PageHeaders
{
    public static IApplicationBuilder UsePageHeaders(this IApplicationBuilder application, Func<Uri> server)
    {
        return application.Use((context, next) =>
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
}
