namespace ChatGen;

/// <summary>Stands where an operation has no options or no result. It has no instances.</summary>
public sealed class ChatNone
{
    private ChatNone()
    {
    }
}
