namespace ChatGen.Fuzz.Tests.Mutation;

/// <summary>Values that break what does not expect them.</summary>
internal static class Hostile
{
    /// <summary>Stands in hostile texts; as an identifier it may only appear where a name holds it.</summary>
    public const string Marker = "EVILQ";

    public static readonly string[] Texts =
    [
        "", " ", Marker, Marker + "\"; } class " + Marker + " { string s = \"", Marker + " */ class " + Marker + " { } /*", Marker + "\nclass " + Marker + " { }",
        Marker + "\r\nclass " + Marker + " { }", Marker + "\u2028class " + Marker + " { }", Marker + "\u2029class " + Marker + "{}", Marker + "\u0085class " + Marker + " { }",
        Marker + "</summary><script>", Marker + " ]]> <!-- --> &amp; &#x0; {0} {{ }}", Marker + " \\\" \\u0022 \\\\", Marker + "\ud83d\udca5\ud83d", "\udc00\ud800" + Marker,
        Marker + "\0\u0001\u007f\ufffe\uffff\ufeff", "\"\"\" " + Marker + " \"\"\"\"", "#if true\n#error " + Marker, "{{" + Marker + "}}", "$\"{" + Marker + "}\"", "@" + Marker,
        "{\"a\":" + Marker + "}", "%s%n" + Marker, "../../" + Marker, "C:\\" + Marker, "\u202e" + Marker + "\u202d", "(" + Marker, "[" + Marker, "a{99999}", "(a+)+$" + Marker,
        "((((((((((((((((((((" + Marker + "))))))))))))))))))))", "\\p{" + Marker + "}", "(?<" + Marker + ">a)", "'" + Marker + "'", "`" + Marker + "`", "\t", "null", "true", "0", "string",
        "integer", "object", "array", "date-time", "uri", "uuid", "transport", "stateStorage", "logger", "file", "serverUrl", "seconds", "error", "ended", "leave", "GET", "DELETE", "fatal", "client", "multipart", "form", "next", "4xx", "{options}", "{options.text}", "{key}", "{/a/0|integer}", "{/|json}", "{header.X-A}", "{status}", "{events}", "{nextIndex}", "{new.uuid}", "{", "}", "{{}}", "{|}", "{/~}", "{" + Marker + "}", "/a/{" + Marker + "|party}",
    ];

    public static readonly string[] Names =
    [
        "", " ", "_", "__", "1", "class", "Class", "record", "Record", "file", "required", "scoped", "var", "dynamic", "nint", "await", "async", "field", "value", "Value", "global", "void", "object",
        "System", "ChatGen", "Refit", "Microsoft", "string", "int", "a b", "a-b", "a.b", "A", "a", "Ab", "AB", "aB", "1st", "a\"b", "a\\b", "\u00e9t\u00e9", "e\u0301", "\u0928\u092e\u0938\u094d\u0924\u0947",
        "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35", "\u4e2d\u6587", "\u0131", "\u0130", "i", "I", "\u00df", "\u01c5", "\ufb01", "\ud835\udc9c", "\ud83d\udca5", "a\u200db", "a\u203fb", "\u2028", "x\0y", "{0}", "<summary>", "NameQ*/",
        "Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "Finalize", "ReferenceEquals", "PrintMembers", "EqualityContract", "Validate", "Clone", "Deconstruct", "IsKnown",
        "ChatSchema", "ChatClient", "ChatSession", "ChatSessionPromise", "ChatJsonContext", "RestTransport", "Default", "Options", "Protocol", "Errors", "WriteEvent", "Catalog", "Index", "Timestamp", "Restored", "EventType",
        "GetTypeInfo", "GeneratedSerializerOptions", "Result", "Read", "Write", "ReadValue", "WriteMembers", "reader", "writer", "header", "failures", "before", "options", "client", "settings", "cancellationToken", "sessionId",
        "Dispose", "dispose", "disposeAsync", "Execute", "ExecuteLeave", "ReadEvents", "On", "start", "Start", "restore", "startSession", "restoreSession", "createSession", "act", "read", "leave", "none", "default", "command",
        "StartSessionOptions", "startSessionOptions", "StartSessionOptionsJson", "ActOptionsKind", "ActOptions", "ActOptionsListItem", "Nested", "Colour", "ColourJson", "Entry", "Said", "said", "SaidType", "ActCommand", "Ended", "ErrorCode", "IChatApi",
        "GeneratedIChatApi", "ChatJsonRules", "Parse", "TryParse", "parse", "Base", "Acted", "Content", "Text", "Picture", "ContentNone", "ContentJson", "ContentJsonConverter", "IsValid", "Obsolete", "id", "Id", "SessionId", "State", "Api", "_api", "theText", "hasText", "s_patternText", "item0", "InnerMostItem", "constructor", "__proto__",
    ];

    public static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1", "2", "0.5", "-0.5", "1e0", "1E+2", "1.0", "100e-2", "1e400", "-1e400", "1e-400", "1e28", "1e29", "79228162514264337593543950335", "79228162514264337593543950336",
        "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "1e308", "1e309",
        "0.1000000000000000000000000000000000000000001", "123456789012345678901234567890123456789012345678901234567890", "0e9999999999", "1e99999999999", "-1e-99999999999",
        "0.00000000000000000000000000000000000000000001", "01", "1.", ".5", "+1", "0x10", "1_000", "NaN", "Infinity", "-", "1e", "99999999999999999999999999.5",
    ];

    public static readonly string[] References =
    [
        "#", "#/", "#/definitions", "#/definitions/", "#/definitions/StartSessionOptions", "#/definitions/Nested", "#/definitions/Colour", "#/definitions/Entry", "#/definitions/ErrorCode", "#/definitions/Said",
        "#/definitions/ActOptions", "#/definitions/ActOptions/properties/list", "#/x-chat", "#/$defs/a", "#/definitions/Nope", "#/definitions/star%74", "#/definitions/a~1b", "#/definitions/%", "#/definitions/%zz", "#nope",
        "file:///etc/hostname", "http://127.0.0.1:1/a.json", "https://json-schema.org/draft/2020-12/schema", "../x.json", "\\\\host\\share\\x.json", "urn:uuid:1", "#node", "#named", "tree", "tree#node", "strict", "inner", "inner#", "inner#/definitions/Deep", "#/definitions/Base", "#/definitions/Acted", "#/definitions/Content",
        "#/definitions/Content/oneOf/0", "#/definitions/Content/oneOf/2", "#/definitions/Content/oneOf", "#/definitions/ActOptions/properties", "#/definitions/ActOptions/properties/inner", "#/definitions/Conditional/if",
        "#/definitions/Conditional/properties/c", "#/definitions/Conditional/properties/b/enum/3", "#/definitions/Tuple/items/0", "#/definitions/Tuple/items", "#/definitions/Keyed/patternProperties/%5Ex", "#/$defs/Tree", "#/$defs",
        "#/x-chat/start", "#/x-chat/commands", "#/definitions/ActOptions/properties/any/default", "#/definitions/ActOptions/required", "language7", "language2020", "small", "", " ", "definitions/Nested", "#/definitions/\ud800",
    ];

    public static readonly string[] Keywords =
    [
        "$ref", "$id", "$schema", "$comment", "type", "enum", "const", "default", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
        "minItems", "maxItems", "uniqueItems", "contains", "items", "additionalItems", "properties", "required", "additionalProperties", "patternProperties", "dependencies", "propertyNames", "minProperties", "maxProperties",
        "anyOf", "allOf", "oneOf", "not", "if", "then", "else", "definitions", "$defs", "$anchor", "$dynamicRef", "prefixItems", "unevaluatedProperties", "dependentRequired", "contentEncoding", "nullable", "contentMediaType", "contentSchema", "$dynamicAnchor", "unevaluatedItems", "dependentSchemas", "minContains", "maxContains", "$vocabulary", "$recursiveRef",
        "title", "description", "examples", "readOnly", "deprecated", "x-chat-service", "x-chat-client", "x-chat-unit", "x-chat-ignored-with", "x-chat-mandatory-when", "x-chat-empty-as-default",
        "writeOnly", "x-chat-name", "x-chat-enum-names", "x-chat-number", "x-chat-deprecated", "x-chat-codes", "x-chat-ranges", "x-chat-any-event", "x-chat", "x-chat-nope", "x-other", "nope", "extends", "name", "options", "result", "sessionId", "interface", "parameters", "query", "role", "transcript", "wire",
        "payload", "history", "error", "onLeave", "onLost", "poll", "intervalSeconds", "channel", "code", "origin", "recovery", "from", "to",
    ];
}
