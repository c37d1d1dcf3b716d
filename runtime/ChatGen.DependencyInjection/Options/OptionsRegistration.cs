using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ChatGen;

/// <summary>Makes generated options known to .NET's options, whose own way, of making an object and setting its members, does not go for records with required members.</summary>
/// <param name="services">The container's services.</param>
/// <param name="name">The name of the options.</param>
internal sealed class OptionsRegistration(IServiceCollection services, string name) : IChatOptionsVisitor
{
    public void Visit<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(string operation)
        where TOptions : class, IChatOptions<TOptions> => Add<TOptions>();

    /// <summary>How the options are made and checked.</summary>
    public void Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>()
        where TOptions : class, IChatOptions<TOptions>
    {
        services.TryAddTransient<IOptionsFactory<TOptions>, ChatOptionsFactory<TOptions>>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, ChatOptionsValidator<TOptions>>());
    }

    /// <summary>Where the options are configured.</summary>
    public void Bind<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(IConfiguration section)
        where TOptions : class, IChatOptions<TOptions>
    {
        services.AddSingleton(new OptionsSection<TOptions>(name, section));
        services.AddSingleton<IOptionsChangeTokenSource<TOptions>>(new ConfigurationChangeTokenSource<TOptions>(name, section));
        services.AddOptions<TOptions>(name).ValidateOnStart();
    }

    /// <summary>What code adds to the options.</summary>
    public void Complete<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(Func<IServiceProvider, TOptions, TOptions> complete)
        where TOptions : class, IChatOptions<TOptions>
    {
        services.AddSingleton(new OptionsCompletion<TOptions>(name, complete));
        services.AddOptions<TOptions>(name).ValidateOnStart();
    }
}
