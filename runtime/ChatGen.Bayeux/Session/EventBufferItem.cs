using ChatGen.Bayeux.Transports;

namespace ChatGen.Bayeux.Session;

/// <summary>An event with the frame that holds its payload, or a notice: a change of state or a fault.</summary>
internal readonly record struct EventBufferItem(BayeuxEvent Event, InboundFrame? Frame, object? Notice);
