namespace ChatGen.Generator.Model;

/// <summary>A reference to another schema of the project.</summary>
/// <param name="From">The path of the file in which it stands.</param>
/// <param name="Reference">The reference up to its fragment, as it is written.</param>
/// <param name="Target">The schema that it names.</param>
internal sealed record DocumentLink(string From, string Reference, SchemaInput Target);
