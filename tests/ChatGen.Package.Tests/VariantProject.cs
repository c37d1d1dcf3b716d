namespace ChatGen.Package.Tests;

/// <summary>A program with a schema of its own; made once, since what takes long is to restore its packages.</summary>
public sealed class VariantProject(PackageFeed feed)
{
    /// <summary>The item of its schema.</summary>
    internal const string SchemaItem = """<ChatSchema Include="acme.chat.json" Namespace="Acme.Chat" />""";

    private readonly ScratchProject _project = new(feed, "variant", "Variant", SchemaItem);

    /// <summary>The program as it should be, or with what is wrong in another folder of <c>Consumers</c>.</summary>
    internal ScratchProject With(string? mistake = null)
    {
        _project.Use("Variant");
        if (mistake is not null)
        {
            _project.Use(mistake);
        }

        return _project;
    }
}
