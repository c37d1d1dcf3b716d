using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ChatGen.Package.Tests;

/// <summary>What an assembly's metadata tells, without loading it.</summary>
internal sealed class PackagedAssembly
{
    public PackagedAssembly(byte[] image)
    {
        using PEReader reader = new(ImmutableArray.Create(image));
        MetadataReader metadata = reader.GetMetadataReader();
        AssemblyDefinition definition = metadata.GetAssemblyDefinition();
        Name = metadata.GetString(definition.Name);
        Version = definition.Version;
        References = metadata.AssemblyReferences
            .Select(metadata.GetAssemblyReference)
            .ToDictionary(reference => metadata.GetString(reference.Name), reference => reference.Version);
        ImmutableArray<DebugDirectoryEntry> debug = reader.ReadDebugDirectory();
        IsReproducible = debug.Any(entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        SymbolPaths = [.. debug.Where(entry => entry.Type == DebugDirectoryEntryType.CodeView).Select(entry => reader.ReadCodeViewDebugDirectoryData(entry).Path)];
    }

    public string Name { get; }

    public Version Version { get; }

    /// <summary>Names and versions of the assemblies that it refers to.</summary>
    public IReadOnlyDictionary<string, Version> References { get; }

    /// <summary>Whether it was compiled deterministically.</summary>
    public bool IsReproducible { get; }

    /// <summary>Where the compiler says that it put the symbols.</summary>
    public IReadOnlyList<string> SymbolPaths { get; }
}
