namespace ChatGen.Backends.GenesysGms;

/// <summary>A party of a conversation.</summary>
/// <param name="Nickname">What it is called.</param>
/// <param name="Id">Its number, from 1.</param>
/// <param name="Type"><c>Client</c>, <c>Agent</c>, <c>Supervisor</c> or <c>External</c>.</param>
internal sealed record GmsParticipant(string Nickname, int Id, string Type);
