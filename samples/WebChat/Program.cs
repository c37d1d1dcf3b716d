using ChatGen.Testing;
using WebChat;
using WebChat.Client;

if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets().UseUrls($"http://127.0.0.1:{arguments.Port}");
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);

// The agent's page listens for as long as it is open: who stops the site does not wait for that.
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
await using WebApplication site = builder.Build();

ChatBackend? backend = null;
Uri Server() => arguments.Server ?? backend!.CometDUrl;
var shift = new AgentShift();

site.UseOneHost("127.0.0.1").UsePageHeaders(Server);
site.MapStaticAssets();
site.MapFallbackToFile("/", "index.html");
site.MapFallbackToFile("/agent", "index.html");
site.MapFallbackToFile("/about", "about.html");
site.MapGet("/chat.json", () => new ChatAddress(Server()));
if (arguments.Server is null)
{
    site.MapAgent(() => backend!, shift);
}

try
{
    await site.StartAsync();
}
catch (IOException exception)
{
    Console.Error.WriteLine($"{exception.Message} Choose another port by --port.");
    return 1;
}

string origin = site.Urls.Single();

// The backend is another origin, since its port is another one: it has to allow the page's.
await using (backend = arguments.Server is null ? await ChatBackend.StartAsync(new ChatBackendOptions { Agent = shift.Script, AllowedOrigins = [origin] }) : null)
{
    Console.WriteLine($"Now chatting at {origin}");
    await site.WaitForShutdownAsync();
}

return 0;
