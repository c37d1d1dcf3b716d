using Microsoft.Extensions.Options;

namespace ChatGen;

/// <summary>Checks the options of gateways.</summary>
internal sealed class ChatGatewayOptionsValidator : IValidateOptions<ChatGatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, ChatGatewayOptions options) =>
        options.FindFault() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
