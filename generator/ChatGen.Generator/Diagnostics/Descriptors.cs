using Microsoft.CodeAnalysis;

namespace ChatGen.Generator.Diagnostics;

/// <summary>Every diagnostic of the generator. CHAT0xxx: the host. CHAT1xxx: the schema. CHAT3xxx: what the generated code stands on.</summary>
internal static class Descriptors
{
    private const string Host = "ChatGen.Host";
    private const string Schema = "ChatGen.Schema";
    private const string Transport = "ChatGen.Transport";

    public static readonly DiagnosticDescriptor InternalError = Error("CHAT0001", Host, "ChatGen failed",
        "ChatGen failed on '{0}': {1}; this is a defect of ChatGen, please report it with the schema");

    public static readonly DiagnosticDescriptor RuntimeMissing = Error("CHAT0002", Host, "The runtime is not referenced",
        "The generated chat client needs the package ChatGen.Runtime; reference it");

    public static readonly DiagnosticDescriptor LanguageVersionTooLow = Error("CHAT0003", Host, "The language version is too low",
        "The generated chat client needs C# 12 or later, but the project uses C# {0}; set LangVersion");

    public static readonly DiagnosticDescriptor InvalidNamespace = Error("CHAT0004", Host, "The namespace is not valid",
        "'{0}' is not a C# namespace; correct the metadata Namespace of the ChatSchema item");

    public static readonly DiagnosticDescriptor NamespaceClash = Error("CHAT0005", Host, "Two schemas have one namespace",
        "The namespace '{0}' is taken by the schema '{1}'; give this ChatSchema item another one by the metadata Namespace");

    public static readonly DiagnosticDescriptor InvalidJson = Error("CHAT1001", Schema, "The schema is not JSON",
        "This is not JSON: {0}");

    public static readonly DiagnosticDescriptor DuplicateKey = Error("CHAT1002", Schema, "A member is given twice",
        "The member '{0}' is given twice; remove one");

    public static readonly DiagnosticDescriptor UnsupportedDialect = Error("CHAT1003", Schema, "The dialect is not supported",
        "The schema must say '\"$schema\": \"http://json-schema.org/draft-07/schema#\"' or '\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"', but {0}");

    public static readonly DiagnosticDescriptor UnknownType = Error("CHAT1004", Schema, "The type is not known",
        "Unknown type '{0}'; {1}");

    public static readonly DiagnosticDescriptor UnsupportedKeyword = Error("CHAT1005", Schema, "The keyword is not supported",
        "'{0}' is not supported {1}");

    public static readonly DiagnosticDescriptor WrongValue = Error("CHAT1006", Schema, "A keyword has a wrong value",
        "'{0}' must be {1}");

    public static readonly DiagnosticDescriptor UnresolvedReference = Error("CHAT1007", Schema, "A reference leads nowhere",
        "The reference '{0}' leads nowhere; {1}");

    public static readonly DiagnosticDescriptor ExternalReference = Error("CHAT1008", Schema, "A reference leads out of the project",
        "The reference '{0}' leads to no schema of the project; add the file as a ChatSchema item (Generate=\"false\" if it is no chat), or copy the definition into 'definitions'; nothing is fetched");

    public static readonly DiagnosticDescriptor LoopingReference = Error("CHAT1009", Schema, "A reference leads to itself",
        "The reference '{0}' leads back to itself without ever naming a type");

    public static readonly DiagnosticDescriptor MissingDefinition = Error("CHAT1010", Schema, "A definition is missing",
        "The schema lacks 'definitions/{0}'; define it, or extend a built-in schema by '\"x-chat\": {{ \"extends\": \"genesys-gwe-8.5\" }}'");

    // Without arguments a message is not formatted, so its braces stand as they are.
    public static readonly DiagnosticDescriptor EmptyFile = Error("CHAT1011", Schema, "The schema is empty",
        "The schema file is empty; start with '{ \"$schema\": \"http://json-schema.org/draft-07/schema#\", \"$id\": \"my-backend\", \"x-chat\": { \"extends\": \"genesys-gwe-8.5\" } }'");

    public static readonly DiagnosticDescriptor UnknownKeyword = Warning("CHAT1012", Schema, "The keyword is not known",
        "Unknown keyword '{0}' is ignored; {1}");

    public static readonly DiagnosticDescriptor NameClash = Error("CHAT1013", Schema, "Two names become one in C#",
        "'{0}' becomes '{1}' in C#, which is taken; rename one");

    public static readonly DiagnosticDescriptor CodeClash = Error("CHAT1014", Schema, "Two error codes collide",
        "The error code {0} is taken by '{1}'; give each name a code of its own");

    public static readonly DiagnosticDescriptor UnknownBase = Error("CHAT1015", Schema, "The schema to extend is not known",
        "There is no schema '{0}' to extend; {1}");

    public static readonly DiagnosticDescriptor InvalidMapping = Error("CHAT1016", Schema, "The x-chat section is wrong",
        "{0}");

    public static readonly DiagnosticDescriptor TooLarge = Error("CHAT1017", Schema, "The schema is too large",
        "The schema {0}; split or flatten it");

    public static readonly DiagnosticDescriptor InvalidPattern = Error("CHAT1018", Schema, "The pattern cannot be matched",
        "The pattern '{0}' cannot be matched: {1}");

    public static readonly DiagnosticDescriptor InvalidDefault = Error("CHAT1019", Schema, "The default breaks its own schema",
        "The default of '{0}' {1}");

    public static readonly DiagnosticDescriptor PointerLeadsNowhere = Warning("CHAT1036", Schema, "A pointer leads to nothing that is defined",
        "{0}");

    public static readonly DiagnosticDescriptor UnknownMappedCode = Warning("CHAT1037", Schema, "The mapping makes an error code that is not known",
        "The error code '{0}' is not among those of the schema; {1}");

    public static readonly DiagnosticDescriptor UnmappedCommand = Create("CHAT1038", Schema, "A command is mapped by no transport",
        "The command '{0}' is not generated: no transport maps it; map it, or say '\"{0}\": null' in 'operations' of 'rest' if the backend lacks it", DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor CyclicBase = Error("CHAT1040", Schema, "A schema extends itself",
        "Extending '{0}' closes a cycle: {1}; let one of them extend another schema");

    public static readonly DiagnosticDescriptor AmbiguousBase = Error("CHAT1041", Schema, "The schema to extend is ambiguous",
        "'{0}' is the '$id' of {1}; give each its own, or name the file by its path");

    public static readonly DiagnosticDescriptor InvalidName = Error("CHAT1042", Schema, "A C# name is not valid",
        "'{0}' cannot be a C# name; {1}");

    public static readonly DiagnosticDescriptor TypeIsNamespace = Error("CHAT1043", Schema, "A type and a namespace have one name",
        "The generated type '{0}' has the name of the namespace that the schema '{1}' goes into; give one of the schemas another namespace");

    public static readonly DiagnosticDescriptor BreaksMetaSchema = Error("CHAT1050", Schema, "The schema breaks the meta-schema",
        "'{0}' {1}");

    public static readonly DiagnosticDescriptor UnknownMetaSchema = Error("CHAT1021", Schema, "The meta-schema is not known",
        "'{0}' is no known meta-schema; known are those of draft-07 and 2020-12, and none with a '$vocabulary' of its own");

    public static readonly DiagnosticDescriptor UnassertedFormat = Error("CHAT1023", Schema, "The format cannot be asserted",
        "The format '{0}' cannot be asserted");

    public static readonly DiagnosticDescriptor UnassertedContent = Error("CHAT1024", Schema, "The content of a string cannot be asserted",
        "'{0}' cannot be asserted, and draft-07 does not say whether it has to be; leave it out");

    public static readonly DiagnosticDescriptor IdentifierClash = Error("CHAT1025", Schema, "Two schemas have one identifier",
        "'{0}' already identifies another schema; give each its own");

    public static readonly DiagnosticDescriptor TooManySubschemas = Error("CHAT1026", Schema, "The schema has too many subschemas",
        "The schema comes to more than {0} subschemas; split it, or use fewer '$dynamicAnchor's");

    public static readonly DiagnosticDescriptor EndlessApplication = Error("CHAT1027", Schema, "A schema applies itself without end",
        "This schema applies itself to the same value again, so that validation would never end");

    public static readonly DiagnosticDescriptor NoDiscriminator = Error("CHAT1028", Schema, "The alternatives cannot be told apart",
        "The objects of '{0}' cannot be told apart; give each of them a required property of one name with a string of its own as 'const'");

    public static readonly DiagnosticDescriptor ValueBreaksSchema = Error("CHAT1031", Schema, "A value breaks the schema that it stands in",
        "'{0}' breaks its own schema: {1} ({2}); change the value or the rule");

    public static readonly DiagnosticDescriptor UnusableValue = Warning("CHAT1032", Schema, "An example or a value of enum breaks the schema that it stands in",
        "This value of '{0}' breaks its own schema: {1} ({2}); remove it or change the rule");

    public static readonly DiagnosticDescriptor ContradictoryBounds = Error("CHAT1033", Schema, "Two bounds contradict each other",
        "No value can satisfy '{0}' and '{1}' together; change one of them");

    public static readonly DiagnosticDescriptor UnreachableBranch = Warning("CHAT1034", Schema, "An alternative can never be chosen",
        "This alternative of '{0}' can never be chosen: {1}");

    public static readonly DiagnosticDescriptor EmptyRemoval = Warning("CHAT1035", Schema, "A null removes nothing",
        "The null removes '{0}' from what is extended, which has none; {1}");

    public static readonly DiagnosticDescriptor UncheckedFormat = Warning("CHAT1030", Schema, "The format is not checked",
        "The format '{0}' is not checked; state the rule by 'pattern', or leave the format as documentation and suppress this warning");

    public static readonly DiagnosticDescriptor RefitUnusable = Error("CHAT3001", Transport, "Refit cannot be used",
        "The REST interface and its transport are not generated: {0}; reference Refit 16.4 or a later 16");

    private static DiagnosticDescriptor Error(string id, string category, string title, string message) =>
        Create(id, category, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string category, string title, string message) =>
        Create(id, category, title, message, DiagnosticSeverity.Warning);

#pragma warning disable RS2000, RS1032 // Tracked in AnalyzerReleases.Unshipped.md, which the analyzer cannot see through these factories; messages quote JSON.
    private static DiagnosticDescriptor Create(string id, string category, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, category, severity, isEnabledByDefault: true, helpLinkUri: $"docs/diagnostics/{id}.md");
#pragma warning restore RS2000, RS1032
}
