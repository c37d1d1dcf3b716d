namespace ChatGen.Conformance;

/// <summary>An instance and the verdict that the specification has for it.</summary>
internal sealed record SuiteTest(string Description, string Instance, bool IsValid);
