using Microsoft.Extensions.Configuration;

namespace ChatGen.DependencyInjection.Tests;

/// <summary>A configuration in memory.</summary>
public static class Configured
{
    public static IConfigurationRoot With(params (string Key, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => new KeyValuePair<string, string?>(value.Key, value.Value))).Build();
}
