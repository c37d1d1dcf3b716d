namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads the name of the Refit interface.</summary>
internal static class InterfaceName
{
    private const string Default = "IChatApi";

    public static string Read(SectionReader rest, ReadTypes types)
    {
        string name = rest.String("interface", Default);
        if (IsTypeName(name, types))
        {
            return name;
        }

        rest.Report(rest.Node["interface"] ?? rest.Node, $"'{name}' cannot be the name of the interface: it is no C# name that begins with an upper-case letter, or taken");
        name = Default;
        while (!IsTypeName(name, types))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>An identifier that no other type has, nor one that differs in case alone, nor a keyword of a later C#, all of which are in lower case.</summary>
    private static bool IsTypeName(string name, ReadTypes types) =>
        Names.IsNamespace(name) && !name.Contains('.') && !char.IsLower(name[0]) && name.Replace("_", "").Length > 0
        && Names.ToPascal(name.Replace("_", "")).TrimStart('_') == name.Replace("_", "") && !types.TypeNames.Contains(name, StringComparer.OrdinalIgnoreCase);
}
