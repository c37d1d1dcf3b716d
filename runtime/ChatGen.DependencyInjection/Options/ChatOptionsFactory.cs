using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ChatGen;

/// <summary>Makes options from what is configured and what code adds to it.</summary>
internal sealed class ChatOptionsFactory<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
    IServiceProvider provider,
    IEnumerable<OptionsSection<TOptions>> sections,
    IEnumerable<OptionsCompletion<TOptions>> completions,
    IEnumerable<IConfigureOptions<TOptions>> setups,
    IEnumerable<IPostConfigureOptions<TOptions>> postConfigures,
    IEnumerable<IValidateOptions<TOptions>> validations) : OptionsFactory<TOptions>(setups, postConfigures, validations)
    where TOptions : class, IChatOptions<TOptions>
{
    private static readonly IConfiguration s_nothing = new ConfigurationBuilder().Build();

    /// <exception cref="OptionsValidationException">The options break the schema.</exception>
    protected override TOptions CreateInstance(string name)
    {
        IConfiguration section = sections.LastOrDefault(section => section.Name == name)?.Configuration ?? s_nothing;
        OptionsCompletion<TOptions>[] own = [.. completions.Where(completion => completion.Name == name)];
        try
        {
            return own.Length == 0
                ? section.GetRequiredChatOptions<TOptions>()
                : section.GetRequiredChatOptions<TOptions>(options => own.Aggregate(options, (result, completion) => completion.Complete(provider, result)
                    ?? throw new InvalidOperationException("The options were completed to null.")));
        }
        catch (ChatValidationException exception)
        {
            throw new OptionsValidationException(name, typeof(TOptions), exception.Failures.Select(Describe));
        }
    }

    private static string Describe(ChatValidationFailure failure) => failure.Path.Length == 0 ? failure.Message : $"{failure.Path}: {failure.Message}";
}
