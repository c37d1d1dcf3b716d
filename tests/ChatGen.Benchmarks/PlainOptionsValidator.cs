using FluentValidation;

namespace ChatGen.Benchmarks;

internal sealed class PlainOptionsValidator : AbstractValidator<PlainOptions>
{
    public PlainOptionsValidator()
    {
        RuleFor(options => options.ServerUrl).NotNull();
        RuleFor(options => options.ServerUrl!.OriginalString).Matches("^https?://");
        RuleFor(options => options.MaxOfflineDuration).GreaterThanOrEqualTo(0);
    }
}
