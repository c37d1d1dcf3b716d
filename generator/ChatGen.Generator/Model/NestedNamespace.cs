namespace ChatGen.Generator.Model;

/// <summary>The first name of a namespace below another: <c>B</c> for <c>Acme.A.B.C</c> below <c>Acme.A</c>.</summary>
internal sealed record NestedNamespace(string Name, string File);
