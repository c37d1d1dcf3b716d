using System.IO.Compression;
using System.Xml.Linq;

namespace ChatGen.Package.Tests;

/// <summary>An opened package.</summary>
internal sealed class PackageFile : IDisposable
{
    private readonly ZipArchive _archive;

    public PackageFile(string path)
    {
        _archive = ZipFile.OpenRead(path);
        // What packaging itself adds: the manifest is read apart, the rest is of no interest.
        Files = [.. _archive.Entries
            .Select(entry => entry.FullName)
            .Where(name => name != "[Content_Types].xml" && !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && !name.EndsWith(".nuspec", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        ManifestText = ReadText(_archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).FullName);
        Metadata = XDocument.Parse(ManifestText).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    /// <summary>Paths of the files, in order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The <c>.nuspec</c>.</summary>
    public string ManifestText { get; }

    /// <summary>Element <c>metadata</c> of the manifest.</summary>
    public XElement Metadata { get; }

    /// <summary>Dependencies as <c>framework: id version</c>.</summary>
    public IReadOnlyList<string> Dependencies => [.. Groups("dependencies", "dependency").Select(item => $"{item.Framework}: {(string?)item.Element.Attribute("id")} {(string?)item.Element.Attribute("version")}").Order(StringComparer.Ordinal)];

    /// <summary>Framework references as <c>framework: name</c>.</summary>
    public IReadOnlyList<string> FrameworkReferences => [.. Groups("frameworkReferences", "frameworkReference").Select(item => $"{item.Framework}: {(string?)item.Element.Attribute("name")}")];

    /// <summary>Text of an element of the metadata; <see langword="null"/> if it is absent.</summary>
    public string? MetadataText(string name) => Metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    /// <summary>Content of a file.</summary>
    public byte[] ReadBytes(string path)
    {
        using Stream stream = _archive.GetEntry(path)!.Open();
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Content of a text file.</summary>
    public string ReadText(string path)
    {
        using StreamReader reader = new(_archive.GetEntry(path)!.Open());
        return reader.ReadToEnd();
    }

    public void Dispose() => _archive.Dispose();

    private IEnumerable<(string? Framework, XElement Element)> Groups(string list, string item) =>
        from element in Metadata.Elements()
        where element.Name.LocalName == list
        from @group in element.Elements()
        from child in @group.Elements()
        where child.Name.LocalName == item
        select ((string?)@group.Attribute("targetFramework"), child);
}
