using System.Globalization;

namespace ChatGen;

/// <summary>Names and values of tags. None is taken from what a visitor, an agent or a backend has said, so there are only so many, and no secrets.</summary>
internal static class ChatTags
{
    public const string Schema = "chatgen.schema";
    public const string Operation = "chatgen.operation";
    public const string End = "chatgen.session.end";
    public const string EventType = "chatgen.event.type";
    public const string Restored = "chatgen.event.restored";
    public const string Outcome = "chatgen.interruption.outcome";
    public const string ErrorType = "error.type";

    /// <summary>What stands for an error: the code's value if the schema says something of it.</summary>
    public static string ErrorTypeOf(Exception exception) => exception switch
    {
        OperationCanceledException => "cancelled",
        ChatException { Code: { Info: not null } code } => code.Text ?? code.Number.ToString(CultureInfo.InvariantCulture),
        _ => "_OTHER",
    };
}
