namespace ChatGen.Backends.AmazonConnect;

/// <summary>Who takes part.</summary>
/// <param name="DisplayName">What the participant is called.</param>
/// <param name="Role"><c>CUSTOMER</c>, <c>AGENT</c> or <c>SYSTEM</c>.</param>
internal sealed record ConnectParticipant(string DisplayName, string Role)
{
    public string Id { get; } = Guid.NewGuid().ToString();
}
