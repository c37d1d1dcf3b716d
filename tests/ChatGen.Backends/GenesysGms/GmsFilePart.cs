namespace ChatGen.Backends.GenesysGms;

/// <summary>The part <c>file</c> of a form.</summary>
internal sealed record GmsFilePart(string Name, string ContentType, ReadOnlyMemory<byte> Content);
