namespace ChatGen.MetaSchema.Tests;

/// <summary>Mistakes that the meta-schema has to find.</summary>
internal static class PlantedMistakes
{
    private const string Options = "/definitions/StartSessionOptions";
    private const string ServerUrl = Options + "/properties/serverUrl";
    private const string Duration = Options + "/properties/maxOfflineDuration";
    private const string User = Options + "/properties/username";
    private const string Codes = "/definitions/ErrorCode/x-chat-codes";
    private const string Ranges = "/definitions/ErrorCode/x-chat-ranges";
    private const string Commands = "/x-chat/commands";
    private const string Types = "/x-chat/events/types";
    private const string CometD = "/x-chat/transports/cometd";
    private const string Rest = "/x-chat/transports/rest";

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, PlantedMistake> ByName { get; } = Create().ToDictionary(mistake => mistake.Name);

    private static PlantedMistake[] Create() =>
    [
        // The root.
        new("/$schema", null), new("/$schema", "5"), new("/$schema", "\"http://json-schema.org/draft-04/schema#\""), new("/$schema", "\"https://json-schema.org/draft/2019-09/schema\""),
        new("/$schema", "\"./chatgen.schema.json\""), new("/$schema", "\"./mychatgen.meta.schema.json\""), new("/$schema", "\"./chatgen.meta.schema.json#/definitions/chat\""),
        new("/$id", "5"), new("/$id", "\"\""), new("/$comment", "[]"), new("/title", "8"), new("/description", "true"),
        new("/x-chat", "[]"), new("/x-chat", "true"), new("/definitions", "[]"), new("/$defs", "\"\""), new("/definition", "{}"), new("/x-chats", "{}"), new("/x-chat-codes", "{}"),
        new("/properties", "{}"), new("/type", "\"object\""), new("/required", "[]"),

        // The section.
        new("/x-chat/version", "\"1\""), new("/x-chat/version", "2"), new("/x-chat/version", "true"), new("/x-chat/extends", "5"), new("/x-chat/extends", "\"\""), new("/x-chat/$comment", "{}"),
        new("/x-chat/command", "{}"), new("/x-chat/Start", "{}"), new("/x-chat/x-mine", "{}"), new("/x-chat/commands", "[]"), new("/x-chat/events", "true"), new("/x-chat/errors", "\"error\""), new("/x-chat/transports", "[]"),
        new("/x-chat/unknown", "null", IsFoundHere: false),

        // Operations.
        new("/x-chat/start", "\"startSession\""), new("/x-chat/start/name", "5"), new("/x-chat/start/name", "\"\""), new("/x-chat/start/sessionID", "\"id\""), new("/x-chat/start/sessionId", "[]"),
        new("/x-chat/start/options", "\"#/definitions/StartSessionOptions\""), new("/x-chat/start/options/$ref", "\"StartSessionOptions\""), new("/x-chat/start/options/$ref", "\"#/definitions/\""),
        new("/x-chat/start/options/$ref", "\"other.json#/definitions/A\""), new("/x-chat/start/options/description", "\"\""), new("/x-chat/start/result", "true"), new("/x-chat/start/description", "\"\""),
        new("/x-chat/start/x-chat-name", "\"start\""), new("/x-chat/start/x-chat-deprecated", "true"), new("/x-chat/start/role", "\"leave\""),
        new("/x-chat/restore", "[]"), new("/x-chat/restore/sessionId", "\"id\""), new("/x-chat/restore/name", "1"), new("/x-chat/restore/x-chat-name", "\"Restore-It\""), new("/x-chat/restore/options", "[]"),
        new("/x-chat/transcript", "\"getTranscript\""), new("/x-chat/transcript/command", "1"), new("/x-chat/transcript/from", "0"), new("/x-chat/transcript/entries", "[]"), new("/x-chat/transcript/to", "\"toIndex\""),
        new(Commands + "/$comment", "1"), new(Commands + "/sendFile", "\"sendFile\""), new(Commands + "/sendFile", "[]"), new(Commands + "/sendMessage/params", "[]"), new(Commands + "/sendMessage/parameters", "\"message\""),
        new(Commands + "/sendMessage/parameters/0", "1"), new(Commands + "/sendMessage/parameters", "[\"message\", \"message\"]"), new(Commands + "/sendMessage/parameters", "[\"\"]"), new(Commands + "/sendMessage/role", "\"send\""),
        new(Commands + "/leave/role", "\"ended\""), new(Commands + "/leave/role", "true"), new(Commands + "/leave/transcript", "true"), new(Commands + "/leave/result/$Ref", "\"#/definitions/LeaveResult\""),
        new(Commands + "/leave/x-chat-deprecated", "false"), new(Commands + "/leave/x-chat-deprecated", "\"\""), new(Commands + "/leave/x-chat-deprecated", "1"), new(Commands + "/leave/name", "\"leave\""),
        new(Commands + "/leave/x-chat-name", "\"1st\""), new(Commands + "/leave/description", "5"),

        // Events and errors.
        new("/x-chat/events/discriminator", "1"), new("/x-chat/events/index", "0"), new("/x-chat/events/timestamp", "false"), new("/x-chat/events/type", "{}"), new(Types, "[]"), new("/x-chat/events/$comment", "[]"),
        new(Types + "/error", "true"), new(Types + "/error/wire", "5"), new(Types + "/error/wire", "\"\""), new(Types + "/error/payload", "\"#/definitions/ErrorEvent\""), new(Types + "/error/payload/$ref", "\"#ErrorEvent\""),
        new(Types + "/error/history", "\"true\""), new(Types + "/error/history", "1"), new(Types + "/error/role", "\"eror\""), new(Types + "/error/role", "[\"error\"]"), new(Types + "/error/error", "{}"), new(Types + "/error/name", "\"Error\""),
        new(Types + "/error/x-chat-name", "\"error\""), new(Types + "/error/x-chat-deprecated", "true"), new(Types + "/sessionEnded/onLeave", "\"leaveRequest\""), new(Types + "/sessionEnded/onLeave", "true"), new(Types + "/sessionEnded/onLost", "\"error\""), new(Types + "/sessionEnded/onLost", "true"), new(Types + "/sessionEnded/role", "\"leave\""),
        new("/x-chat/errors/member", "{}"), new("/x-chat/errors/code", "150"), new("/x-chat/errors/description", "\"\""), new("/x-chat/errors/connection", "\"150\""), new("/x-chat/errors/connection", "1.5"),
        new("/x-chat/errors/library", "2147483648"), new("/x-chat/errors/library", "-1e20"), new("/x-chat/errors/codes", "{}"),

        // Transports.
        new("/x-chat/transports/websocket", "{}"), new("/x-chat/transports/cometD", "{}"), new(CometD, "\"/service/chat\""), new(CometD + "/channel", "\"service/chat\""), new(CometD + "/channel", "\"/service/*\""), new(CometD + "/channel", "\"/\""),
        new(CometD + "/subscribe", "\"yes\""), new(CometD + "/operation", "1"), new(CometD + "/requestId", "[]"), new(CometD + "/sessionId", "\"\""), new(CometD + "/url", "\"\""),
        new(CometD + "/operations", "[]"), new(CometD + "/operations/leave", "1"), new(CometD + "/operations/leave", "{}"),
        new(Rest, "[]"), new(Rest + "/interface", "\"chatApi\""), new(Rest + "/interface", "\"My.Api\""), new(Rest + "/interface", "5"), new(Rest + "/baseUrl", "\"\""), new(Rest + "/sessionHeader", "\"X-Chat-Session\""),
        new(Rest + "/values", "[]"), new(Rest + "/values", "{ \"a b\": \"{options.username}\" }"), new(Rest + "/values", "{ \"status\": \"{options.username}\" }"), new(Rest + "/values", "{ \"a\": 5 }"), new(Rest + "/counters", "{ \"sequence\": \"1\" }"), new(Rest + "/counters", "{ \"sequence\": 1.5 }"), new(Rest + "/counters", "{ \"1st\": 1 }"), new(Rest + "/take", "{ \"a\": true }"), new(Rest + "/take", "\"{/a}\""),
        new(Rest + "/tables", "[]"), new(Rest + "/tables", "{ \"party\": \"Agent\" }"), new(Rest + "/tables", "{ \"party\": { \"A\": [\"Agent\"] } }"), new(Rest + "/headers", "{ \"X Y\": \"a\" }"), new(Rest + "/headers", "{ \"X-Y\": 5 }"), new(Rest + "/headers", "{ \"X-Y\": \"a\\u0000b\" }"), new(Rest + "/headers", "{ \"X-Y\": \"a\\r\\nX-Z: b\" }"),
        new(Rest + "/allowedHosts", "\"example.com\""), new(Rest + "/allowedHosts", "[\"https://example.com\"]"), new(Rest + "/allowedHosts", "[\"*.com\"]"), new(Rest + "/allowedHosts", "[\"example.com:8080\"]"), new(Rest + "/allowedHosts", "[\"*\"]"), new(Rest + "/timeoutSeconds", "0"), new(Rest + "/timeoutSeconds", "3600.5"), new(Rest + "/timeoutSeconds", "\"30\""),
        new(Rest + "/requests", "[]"), new(Rest + "/requests/leave", "\"POST /leave\""), new(Rest + "/requests/leave/method", "\"post\""), new(Rest + "/requests/leave/method", "\"HEAD\""), new(Rest + "/requests/leave/path", "\"leave\""), new(Rest + "/requests/leave/path", "\"/leave?now\""), new(Rest + "/requests/leave/path", "\"//evil.example.com\""), new(Rest + "/requests/leave/path", "\"/a b\""), new(Rest + "/requests/leave/description", "5"), new(Rest + "/requests/leave/x-chat-name", "\"leave\""), new(Rest + "/requests/leave/role", "\"leave\""),
        new(Rest + "/requests/leave/query", "[\"a\"]"), new(Rest + "/requests/leave/query", "{ \"a\": [] }"), new(Rest + "/requests/leave/headers", "{ \"X-Y\": [] }"), new(Rest + "/requests/leave/headers", "[]"), new(Rest + "/requests/leave/success", "200"), new(Rest + "/requests/leave/success", "[]"), new(Rest + "/requests/leave/success", "[99]"), new(Rest + "/requests/leave/success", "[\"2xx\"]"), new(Rest + "/requests/leave/events", "\"no\""), new(Rest + "/requests/leave/idempotent", "1"),
        new(Rest + "/requests/leave/result", "\"File\""), new(Rest + "/requests/leave/result", "\"#/definitions/LeaveResult\""), new(Rest + "/requests/leave/result", "{ \"$ref\": \"LeaveResult\" }"), new(Rest + "/requests/leave/reply", "\"last\""), new(Rest + "/requests/leave/publish", "\"leave\""), new(Rest + "/requests/leave/publish", "\"/a b\""), new(Rest + "/requests/leave/url", "5"), new(Rest + "/requests/leave/take", "{ \"new\": \"{/a}\" }"),
        new(Rest + "/requests/sendMessage/body", "\"{options}\""), new(Rest + "/requests/sendMessage/body/encoding", "\"xml\""), new(Rest + "/requests/sendMessage/body/type", "\"SendMessageOptions\""), new(Rest + "/requests/sendMessage/body/template", "{}"),
        new(Rest + "/operations", "[]"), new(Rest + "/operations", "{ \"leave\": 5 }"), new(Rest + "/operations", "{ \"leave\": [] }"), new(Rest + "/operations", "{ \"leave\": [5] }"), new(Rest + "/operations", "{ \"leave\": { \"request\": 5 } }"), new(Rest + "/operations", "{ \"leave\": { \"request\": \"leave\", \"if\": true } }"), new(Rest + "/operations", "{ \"leave\": { \"request\": \"leave\", \"if\": { \"{sessionId}\": {} } } }"), new(Rest + "/operations", "{ \"leave\": { \"request\": \"leave\", \"when\": {} } }"), new(Rest + "/operations", "{ \"leave\": { \"request\": \"leave\", \"options\": \"{options}\" } }"),
        new(Rest + "/errors", "{}"), new(Rest + "/errors/0", "\"{/error/code}\""), new(Rest + "/errors/0/code", null), new(Rest + "/errors/0/code", "true"), new(Rest + "/errors/0/status", "503"), new(Rest + "/errors/0/status", "[]"), new(Rest + "/errors/0/status", "[600]"), new(Rest + "/errors/0/status", "[\"6xx\"]"), new(Rest + "/errors/0/status", "[\"4XX\"]"), new(Rest + "/errors/0/when", "[]"), new(Rest + "/errors/0/when", "{ \"{/a}\": [] }"), new(Rest + "/errors/0/when", "{ \"{/a}\": [{}] }"), new(Rest + "/errors/0/description", "5"), new(Rest + "/errors/0/recovery", "\"retry\""),
        new(Rest + "/events", "true"), new(Rest + "/events/poll", "\"getEvents\""), new(Rest + "/events/poll/request", "[]"), new(Rest + "/events/poll/intervalSeconds", "0"), new(Rest + "/events/poll/intervalSeconds", "3600.5"), new(Rest + "/events/poll/intervalSeconds", "\"1\""), new(Rest + "/events/poll/interval", "1"), new(Rest + "/events/poll/options", "[]"), new(Rest + "/events/intervalSeconds", "1"), new(Rest + "/events/entries", "[\"{/transcript}\"]"), new(Rest + "/events/id", "5"),
        new(Rest + "/events/longPoll", "{ \"request\": \"getEvents\", \"timeoutSeconds\": 0 }"), new(Rest + "/events/longPoll", "{ \"request\": \"getEvents\", \"timeoutSeconds\": true }"), new(Rest + "/events/webSocket", "{ \"url\": 5 }"), new(Rest + "/events/webSocket", "{ \"url\": \"{sessionId}\", \"headers\": { \"X Y\": \"a\" } }"), new(Rest + "/events/webSocket", "{ \"url\": \"{sessionId}\", \"onOpen\": {} }"), new(Rest + "/events/webSocket", "{ \"url\": \"{sessionId}\", \"heartbeat\": { \"intervalSeconds\": -1, \"send\": {} } }"), new(Rest + "/events/webSocket", "{ \"url\": \"{sessionId}\", \"heartbeat\": 10 }"), new(Rest + "/events/webSocket", "{ \"uri\": \"{sessionId}\" }"), new(Rest + "/events/bayeux", "{ \"url\": \"cometd\" }"), new(Rest + "/events/bayeux", "{ \"url\": \"/cometd\", \"subscribe\": \"/a\" }"), new(Rest + "/events/bayeux", "{ \"url\": \"/cometd\", \"subscribe\": [\"a\"] }"), new(Rest + "/events/bayeux", "{ \"url\": \"/cometd\", \"subscribe\": [\"/a*\"] }"),
        new(Rest + "/events/map", "{}"), new(Rest + "/events/map", "[\"error\"]"), new(Rest + "/events/map", "[{ \"event\": 5 }]"), new(Rest + "/events/map", "[{ \"event\": \"interrupted\", \"index\": 1 }]"), new(Rest + "/events/map", "[{ \"event\": \"interrupted\", \"timestamp\": [] }]"), new(Rest + "/events/map", "[{ \"event\": \"interrupted\", \"when\": \"{/a}\" }]"), new(Rest + "/events/map", "[{ \"event\": \"interrupted\", \"member\": {} }]"), new(Rest + "/events/answers", "{}"), new(Rest + "/events/resume", "5"), new(Rest + "/events/resume", "{ \"request\": \"leave\", \"result\": {} }"),

        // Error codes.
        new(Codes, "[]"), new(Codes, "true"), new(Codes + "/Closed", "4101"), new(Codes + "/UnknownSession/code", "50.5"), new(Codes + "/UnknownSession/code", "true"), new(Codes + "/UnknownSession/code", "\"\""),
        new(Codes + "/UnknownSession/code", "2147483648"), new(Codes + "/UnknownSession/description", "5"), new(Codes + "/UnknownSession/origin", "\"sever\""), new(Codes + "/UnknownSession/recovery", "\"retyr\""),
        new(Codes + "/UnknownSession/recovery", "\"Ended\""), new(Codes + "/UnknownSession/message", "\"\""), new(Codes + "/UnknownSession/x-chat-name", "\"unknown\""),
        new(Ranges, "{}"), new(Ranges + "/0", "1"), new(Ranges + "/0/from", null), new(Ranges + "/0/to", null), new(Ranges + "/0/name", null), new(Ranges + "/0/description", null), new(Ranges + "/0/from", "\"1\""), new(Ranges + "/0/from", "null"),
        new(Ranges + "/0/to", "1.5"), new(Ranges + "/0/origin", "5"), new(Ranges + "/0/recovery", "\"none\""), new(Ranges + "/0/code", "1"), new(Ranges + "/-", "{}"), new(Ranges + "/-", "null"),

        // Keywords of ours.
        new(Duration + "/x-chat-unit", "\"minutes\""), new(Duration + "/x-chat-unit", "1"), new(User + "/x-chat-unit", "\"seconds\""), new(Duration + "/type", "\"integer\""), new(Duration + "/x-chat-number", "\"float\""),
        new(User + "/x-chat-number", "\"decimal\""), new(User + "/x-chat-empty-as-default", "\"yes\""), new(Duration + "/x-chat-empty-as-default", "1"), new(User + "/x-chat-client", "\"username\""), new(User + "/x-chat-service", "\"storage\""),
        new(ServerUrl + "/x-chat-ignored-with", "\"transport\""), new(ServerUrl + "/x-chat-ignored-with", "[1]"), new(ServerUrl + "/x-chat-mandatory-when", "true"), new(ServerUrl + "/x-chat-mandatory-when", "\"\""),
        new(Options + "/x-chat-ignored-with", "[\"transport\"]"), new(User + "/x-chat-codes", "{}"), new(User + "/x-chat-ranges", "[]"), new(User + "/x-chat-any-event", "false"), new("/definitions/ChatEvent/x-chat-any-event", "\"yes\""),
        new(User + "/x-chat-name", "\"userName\""), new(User + "/x-chat-name", "\"\""), new(User + "/x-chat-name", "\"__\""), new(User + "/x-chat-enum-names", "[]"), new("/definitions/Party/properties/type/x-chat-enum-names", "{ \"Agent\": \"agent\" }"),
        new(User + "/x-chat-deprecated", "false"), new(Options + "/x-chat-deprecated", "{}"), new(User + "/x-chat-nullable", "true"), new(User + "/xchat-name", "\"Name\""),

        // Keywords of JSON Schema.
        new("/definitions/Queue", "5"), new("/definitions/Queue", "\"string\""), new("/definitions/Queue", "[]"), new(User, "\"string\""), new(User + "/type", "\"strnig\""), new(User + "/type", "[]"), new(User + "/type", "[\"string\", \"nil\"]"),
        new(User + "/type", "[\"string\", \"string\"]"), new(User + "/type", "5"), new(User + "/enum", "[]"), new(User + "/enum", "\"a\""), new(User + "/format", "5"), new(User + "/pattern", "[]"), new(User + "/minLength", "-1"),
        new(User + "/minLength", "\"1\""), new(User + "/maxLength", "1.5"), new(User + "/maxLength", "3000000000"), new(User + "/maxLenght", "5"), new(User + "/nullable", "true"), new(User + "/id", "\"a\""), new(User + "/$ref", "5"),
        new(User + "/title", "5"), new(User + "/description", "[]"), new(User + "/$comment", "1"), new(User + "/examples", "\"Jane\""), new(User + "/readOnly", "\"yes\""), new(User + "/writeOnly", "1"), new(User + "/deprecated", "\"no\""),
        new(Duration + "/minimum", "\"0\""), new(Duration + "/maximum", "[]"), new(Duration + "/exclusiveMinimum", "true"), new(Duration + "/exclusiveMaximum", "true"), new(Duration + "/multipleOf", "0"), new(Duration + "/multipleOf", "-1"),
        new(Options + "/properties", "[]"), new(Options + "/required", "true"), new(Options + "/required", "[1]"), new(Options + "/required", "[\"a\", \"a\"]"), new(Options + "/anyOf", "{}"), new(Options + "/anyOf", "[]"), new(Options + "/anyOf/0", "1"),
        new(Options + "/anyOf/0/required", "\"serverUrl\""), new(Options + "/allOf", "[null]"), new(Options + "/oneOf", "true"), new(Options + "/not", "[]"), new(Options + "/if", "1"), new(Options + "/then", "\"\""), new(Options + "/else", "[]"),
        new(Options + "/additionalProperties", "\"false\""), new(Options + "/additionalProperties", "{ \"type\": \"any\" }"), new(Options + "/patternProperties", "{ \"a\": 1 }"), new(Options + "/propertyNames", "1"), new(Options + "/minProperties", "-1"),
        new(Options + "/maxProperties", "\"1\""), new(Options + "/dependencies", "{ \"a\": 1 }"), new(Options + "/dependencies", "{ \"a\": [1] }"), new(Options + "/dependentRequired", "{ \"a\": {} }"), new(Options + "/dependentSchemas", "{ \"a\": [] }"),
        new(Options + "/unevaluatedProperties", "1"), new("/definitions/TranscriptResult/properties/transcript/items", "1"), new("/definitions/TranscriptResult/properties/transcript/items", "[1]"),
        new("/definitions/TranscriptResult/properties/transcript/items", "{ \"items\": { \"type\": \"any\" } }"), new("/definitions/TranscriptResult/properties/transcript/prefixItems", "{}"),
        new("/definitions/TranscriptResult/properties/transcript/prefixItems", "[1]"), new("/definitions/TranscriptResult/properties/transcript/additionalItems", "[]"), new("/definitions/TranscriptResult/properties/transcript/contains", "1"),
        new("/definitions/TranscriptResult/properties/transcript/minContains", "-1"), new("/definitions/TranscriptResult/properties/transcript/uniqueItems", "1"), new("/definitions/TranscriptResult/properties/transcript/minItems", "[]"),
        new("/definitions/TranscriptResult/properties/transcript/unevaluatedItems", "1"), new(Options + "/$anchor", "\"#a\""), new(Options + "/$dynamicAnchor", "1"), new(Options + "/$vocabulary", "{ \"a\": 1 }"), new(Options + "/$defs", "[]"),
        new(User + "/contentEncoding", "1"), new(User + "/contentSchema", "\"\""), new(User + "/contentMediaType", "[]"),
    ];
}
