namespace ChatGen.Backends;

/// <summary>What the emulators have in common.</summary>
public record ChatBackendEmulatorOptions
{
    /// <summary>The clock of timestamps, holds and expiry. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
