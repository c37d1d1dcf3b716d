namespace ChatGen.Bayeux.Session;

/// <summary>An event with the memory that its payload is in, or a notice: a change of state or a fault.</summary>
internal readonly record struct EventBufferItem(BayeuxEvent Event, PayloadArena.Chunk? Chunk, object? Notice);
