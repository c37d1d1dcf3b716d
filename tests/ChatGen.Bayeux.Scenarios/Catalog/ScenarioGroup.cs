namespace ChatGen.Bayeux.Scenarios.Catalog;

/// <summary>Scenarios that belong together: a section of the table.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Names">The scenarios' names.</param>
internal sealed record ScenarioGroup(string Title, IReadOnlyList<string> Names);
