using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;

namespace ChatGen;

/// <summary>Finds for the options of each operation the section that they are configured in.</summary>
internal sealed class OptionsBinding(OptionsRegistration registration, IConfiguration configuration) : IChatOptionsVisitor
{
    private readonly HashSet<Type> _bound = [];

    public void Visit<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(string operation)
        where TOptions : class, IChatOptions<TOptions>
    {
        // Of operations that share their options, the first one's section holds them.
        if (_bound.Add(typeof(TOptions)))
        {
            registration.Bind<TOptions>(configuration.GetSection(operation));
        }
    }
}
