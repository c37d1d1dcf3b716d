using ChatGen;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using WebChat.Client;
using WebChat.Client.Agents;
using WebChat.Client.Chat;
using WebChat.Client.Visitors;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");

ChatClientSettings settings = await BrowserChat.ConfigureAsync();
builder.Services.AddSingleton(services => new ChatClient(settings with { Logger = services.GetRequiredService<ILogger<ChatClient>>() }));
builder.Services.AddSingleton(new HttpClient { BaseAddress = new Uri(builder.HostEnvironment.BaseAddress) });
builder.Services.AddSingleton<PageOptions>();
builder.Services.AddSingleton<PageMemory>();
builder.Services.AddSingleton<VisitorChat>();
builder.Services.AddSingleton<AgentDesk>();

await builder.Build().RunAsync();
