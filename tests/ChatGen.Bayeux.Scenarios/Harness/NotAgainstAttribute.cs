namespace ChatGen.Bayeux.Scenarios.Harness;

/// <summary>Says why a scenario is not played in some columns.</summary>
/// <param name="columns">The columns.</param>
/// <param name="reason">The reason, for the table; see <see cref="Because"/> for the common ones.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class NotAgainstAttribute(Against columns, string reason) : Attribute
{
    public Against Columns { get; } = columns;

    public string Reason { get; } = reason;
}
