namespace ChatGen.Backends.Infrastructure;

/// <summary>What is wrong with a member of a JSON object or a field of a form.</summary>
internal enum MemberFault
{
    Missing,
    Empty,
    WrongType,
    Unknown,
}
