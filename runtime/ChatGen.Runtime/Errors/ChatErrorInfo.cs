namespace ChatGen;

/// <summary>What the schema says of one error code.</summary>
/// <param name="Name">The code's name, such as <c>UnknownSession</c>.</param>
/// <param name="Description">What the code means, in English.</param>
/// <param name="Origin">Where errors with this code come from.</param>
/// <param name="Recovery">What can be done about them.</param>
public sealed record ChatErrorInfo(string Name, string Description, ChatErrorOrigin Origin, ChatRecovery Recovery);
