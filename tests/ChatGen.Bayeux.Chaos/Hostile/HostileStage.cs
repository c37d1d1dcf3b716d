namespace ChatGen.Bayeux.Chaos.Hostile;

/// <summary>What a hostile server answers in a hostile way.</summary>
public enum HostileStage
{
    /// <summary>Upgrades to WebSocket.</summary>
    Upgrade,

    /// <summary>Handshakes.</summary>
    Handshake,

    /// <summary>Connects that it is to hold.</summary>
    Connect,

    /// <summary>Publishes.</summary>
    Publish,
}
