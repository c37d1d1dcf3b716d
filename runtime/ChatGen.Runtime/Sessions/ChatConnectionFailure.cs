namespace ChatGen;

/// <summary>An attempt to connect that has failed. It holds no words of the backend and no secrets.</summary>
/// <param name="Code">The error's code.</param>
/// <param name="Time">When it failed, in UTC.</param>
public sealed record ChatConnectionFailure(ChatErrorCode Code, DateTimeOffset Time);
