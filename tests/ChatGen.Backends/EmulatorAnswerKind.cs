namespace ChatGen.Backends;

internal enum EmulatorAnswerKind
{
    Respond,
    Abort,
    Truncate,
    Hold,
    Upgrade,
}
