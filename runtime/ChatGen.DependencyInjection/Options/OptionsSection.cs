using Microsoft.Extensions.Configuration;

namespace ChatGen;

/// <summary>Where options of a name are configured.</summary>
internal sealed record OptionsSection<TOptions>(string Name, IConfiguration Configuration);
