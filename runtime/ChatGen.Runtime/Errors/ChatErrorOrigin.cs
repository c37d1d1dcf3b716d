namespace ChatGen;

/// <summary>Where an error comes from.</summary>
public enum ChatErrorOrigin
{
    /// <summary>The backend made it.</summary>
    Server,

    /// <summary>The client made it.</summary>
    Client,
}
