using Microsoft.Extensions.Options;

namespace ChatGen.Benchmarks;

/// <summary>The attributes of <see cref="PlainOptions"/>, compiled by Microsoft's generator.</summary>
[OptionsValidator]
internal sealed partial class PlainOptionsRules : IValidateOptions<PlainOptions>;
