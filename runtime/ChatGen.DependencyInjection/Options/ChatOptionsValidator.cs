using Microsoft.Extensions.Options;

namespace ChatGen;

/// <summary>Checks options of any name by the rules of the schema.</summary>
internal sealed class ChatOptionsValidator<TOptions> : IValidateOptions<TOptions>
    where TOptions : class, IChatOptions<TOptions>
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        ChatValidationResult result = options.Validate();
        return result.IsValid ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(result.Failures.Select(failure => failure.Message));
    }
}
