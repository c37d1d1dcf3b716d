using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.GenesysGms;

/// <summary>Why GMS refuses requests.</summary>
/// <remarks>Codes from 102 to 364 and from 8201 are the vendor's. Where none is published, the code is the HTTP status; which HTTP status goes with which code is inferred.</remarks>
internal static class GmsRefusals
{
    public const string FirstNameMissing = "102";
    public const string LastNameMissing = "103";
    public const string NicknameMissing = "161";
    public const string TooManyFiles = "201";
    public const string FilesTooLarge = "202";
    public const string FileTypeNotAllowed = "203";
    public const string MessageTooLong = "204";
    public const string ChatNotPossible = "240";
    public const string BadEmailAddress = "364";
    public const string UserUnknown = "8201";
    public const string SecureKeyWrong = "8210";

    /// <summary>A refusal with a code that the vendor publishes.</summary>
    public static RefusalException Coded(string code, string message) => new(400, code, message);

    /// <summary>A refusal with a code that the vendor publishes, of what a client cannot know before.</summary>
    public static RefusalException Limit(string code, string message) => new(400, code, message) { IsComplaint = false };

    /// <summary>A refusal for which no code is published.</summary>
    public static RefusalException Plain(int status, string message) => new(status, status.ToString(), message);

    public static RefusalException UnknownUser() => new(404, UserUnknown, "no such user in the session");

    public static RefusalException Member(MemberFault fault, string name) => Plain(400, $"parameter '{name}': {fault}");
}
