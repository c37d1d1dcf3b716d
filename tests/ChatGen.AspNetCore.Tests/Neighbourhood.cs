using Microsoft.AspNetCore.DataProtection;

namespace ChatGen.AspNetCore.Tests;

/// <summary>What the servers of a farm share.</summary>
internal sealed class Neighbourhood
{
    public IDataProtectionProvider Protection { get; } = new EphemeralDataProtectionProvider();

    public OpenCache Cache { get; } = new();

    public InProcessChatOwnership Ownership { get; } = new();
}
