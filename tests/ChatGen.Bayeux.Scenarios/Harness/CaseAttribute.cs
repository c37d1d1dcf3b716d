namespace ChatGen.Bayeux.Scenarios.Harness;

/// <summary>Further arguments of a scenario, after the column.</summary>
/// <param name="arguments">The arguments.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
#pragma warning disable CA1019 // The arguments are there as an array.
public sealed class CaseAttribute(params object?[]? arguments) : Attribute
#pragma warning restore CA1019
{
    public object?[] Arguments { get; } = arguments ?? [null];
}
