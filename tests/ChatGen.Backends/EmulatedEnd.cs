namespace ChatGen.Backends;

/// <summary>Who ended a conversation.</summary>
public enum EmulatedEnd
{
    /// <summary>The visitor left.</summary>
    Visitor,

    /// <summary>The agent left.</summary>
    Agent,

    /// <summary>The backend, for the visitor's misbehaviour or silence.</summary>
    Backend,
}
