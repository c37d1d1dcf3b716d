namespace ChatGen.Bayeux;

/// <summary>A Bayeux operation failed.</summary>
public sealed class BayeuxException : Exception
{
    internal BayeuxException(BayeuxFault fault)
        : base(fault.Message, fault.Exception)
    {
        Fault = fault;
    }

    /// <summary>What went wrong.</summary>
    public BayeuxFault Fault { get; }

    /// <summary>What kind of thing went wrong.</summary>
    public BayeuxFaultKind Kind => Fault.Kind;

    /// <summary>The HTTP status that the server answered with, if it was that.</summary>
    public int? HttpStatus => Fault.HttpStatus;

    /// <summary>The error of the server's reply, if it replied.</summary>
    public BayeuxError? Error => Fault.Error;
}
