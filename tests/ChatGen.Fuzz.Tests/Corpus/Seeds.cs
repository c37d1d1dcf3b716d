using System.Text.Json;

namespace ChatGen.Fuzz.Tests.Corpus;

/// <summary>The documents that are mutated.</summary>
internal sealed class Seeds
{
    /// <summary>All of the language in few definitions, so that what is made of it compiles fast.</summary>
    public const string Standalone = """
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "small", "title": "Small",
          "x-chat": { "version": 1,
            "start": { "name": "startSession", "description": "Starts.", "options": { "$ref": "#/definitions/StartSessionOptions" }, "result": { "$ref": "#/definitions/Started" }, "sessionId": "id" },
            "restore": { "name": "restoreSession", "options": { "$ref": "#/definitions/RestoreSessionOptions" } },
            "transcript": { "command": "read", "from": "from", "entries": "entries" },
            "commands": {
              "read": { "options": { "$ref": "#/definitions/ReadOptions" }, "result": { "$ref": "#/definitions/Entries" }, "parameters": ["from"] },
              "act": { "description": "Acts.", "options": { "$ref": "#/definitions/ActOptions" }, "parameters": ["text", "kind", "count"] },
              "leave": { "result": { "$ref": "#/definitions/Entries" }, "role": "leave", "transcript": "entries" },
              "send": { "options": { "$ref": "#/definitions/SendOptions" } }, "fetch": { "options": { "$ref": "#/definitions/FetchOptions" }, "result": "file" } },
            "events": { "discriminator": "type", "index": "index", "timestamp": "timestamp", "types": {
              "said": { "wire": "Said", "payload": { "$ref": "#/definitions/Said" }, "history": true },
              "failed": { "wire": "Failed", "payload": { "$ref": "#/definitions/Failed" }, "role": "error", "error": "error" },
              "ended": { "wire": "Ended", "payload": { "$ref": "#/definitions/Ended" }, "role": "ended", "onLeave": { "reason": "left" } } } },
            "errors": { "member": "error", "code": "code", "description": "description", "connection": 150, "library": 0 },
            "transports": {
              "cometd": { "channel": "/service/chat", "subscribe": true, "operation": "operation", "requestId": "requestId", "sessionId": "sessionId", "operations": { "act": "doAct", "leave": "leave" } },
              "rest": { "interface": "IChatApi", "values": { "user": "{options.user}" }, "counters": { "sequence": 1 }, "take": { "key": "{/key}" }, "timeoutSeconds": 10, "allowedHosts": ["*.example.com"],
                "tables": { "party": { "A": "Agent", "*": "Client" }, "codes": { "1": 1, "lost": "E-150" } }, "headers": { "X-Key": "{key}", "X-Sequence": "{sequence}", "X-Version": "1" },
                "requests": {
                  "open": { "description": "Opens.", "method": "POST", "path": "/s/{user}", "headers": { "X-Key": null }, "body": { "content": { "user": "{options.user}", "id": "{new.uuid}" } }, "take": { "id": "{/id}" }, "answer": { "id": "{/id}" } },
                  "read": { "method": "GET", "path": "/r/{id}", "query": { "from": "{options.from}", "n": 1 }, "success": [200, 204], "events": false },
                  "poll": { "method": "GET", "path": "/r/{id}", "query": { "from": "{nextIndex}" }, "result": { "$ref": "#/definitions/Entries" } },
                  "act": { "method": "PUT", "path": "/a", "query": { "kind": "{options.kind}", "list": "{options.list|json}" }, "body": { "encoding": "form", "type": { "$ref": "#/definitions/ActOptions" } }, "idempotent": true },
                  "one": { "method": "POST", "url": "{key}", "body": {} }, "two": { "method": "DELETE", "path": "/a/{options.key}/{options.when}" },
                  "send": { "method": "POST", "path": "/f", "body": { "encoding": "multipart", "content": { "file": "{options.file}", "data": { "note": "{options.note}" } } } },
                  "fetch": { "method": "GET", "path": "/f/{options.id}", "result": "file" } },
                "operations": { "startSession": "open", "act": [{ "request": "one", "if": { "{options.kind}": "one" }, "options": { "a": "{options.text}" } }, { "request": "act", "if": { "{options.kind}": ["two", null] } }], "leave": null },
                "errors": [{ "status": [503, "4xx"], "code": "E-150" }, { "when": { "{/fault}": "*" }, "code": "{/fault|codes}", "description": "{/why}" }],
                "events": { "poll": { "request": "poll", "intervalSeconds": 0.5 }, "entries": "{/entries}", "id": "{/id}",
                  "map": [{ "when": { "{/t}": ["M", 1] }, "event": "said", "index": "{/n|integer}", "timestamp": "{/at|milliseconds}", "members": { "text": "{/text}", "by": "{/by|party}", "colour": "red" } }, { "event": null }],
                  "answers": [{ "when": { "{/entries}": "*" }, "event": "ended" }], "resume": ["poll", { "request": "poll", "if": { "{key}": "*" } }] } } } },
          "definitions": {
            "StartSessionOptions": { "description": "Options.", "type": "object", "properties": {
                "serverUrl": { "type": "string", "format": "uri", "pattern": "^https?://", "x-chat-client": "serverUrl", "x-chat-ignored-with": ["transport"], "x-chat-mandatory-when": "no transport is given" },
                "user": { "description": "Name.", "type": "string", "default": "User", "x-chat-empty-as-default": true, "maxLength": 40 },
                "transport": { "type": "object", "x-chat-service": "transport" },
                "offline": { "type": "number", "minimum": 0, "default": 5, "x-chat-unit": "seconds", "x-chat-client": "maxOfflineDuration" } },
              "anyOf": [{ "required": ["serverUrl"] }, { "required": ["transport", "user"] }] },
            "RestoreSessionOptions": { "type": "object", "properties": { "storage": { "x-chat-service": "stateStorage" }, "logger": { "x-chat-service": "logger" } } },
            "Started": { "type": "object", "properties": { "id": { "type": "string", "minLength": 1 } }, "required": ["id"] },
            "ReadOptions": { "type": "object", "properties": { "from": { "type": "integer", "minimum": 0, "maximum": 2147483647, "default": 0 } } },
            "Entry": { "type": "object", "x-chat-any-event": true },
            "Entries": { "type": "object", "properties": { "entries": { "type": "array", "items": { "$ref": "#/definitions/Entry" } } }, "required": ["entries"] },
            "ActOptions": { "type": "object", "additionalProperties": false, "required": ["text"], "properties": {
                "text": { "type": "string", "minLength": 1, "pattern": "^[a-z]+$" }, "kind": { "type": "string", "enum": ["one", "two"], "default": "one" },
                "count": { "type": ["integer", "null"], "exclusiveMinimum": -3, "maximum": 9 }, "ratio": { "type": "number", "exclusiveMaximum": 1.5, "default": 0.5 },
                "pause": { "type": "number", "x-chat-unit": "milliseconds" }, "when": { "type": "string", "format": "date-time" }, "key": { "type": "string", "format": "uuid" },
                "list": { "type": "array", "items": { "type": "object", "properties": { "deep": { "type": "array", "items": { "type": "string" }, "minItems": 1 } } }, "maxItems": 5 },
                "map": { "type": "object", "additionalProperties": { "type": "integer" } }, "free": {}, "bag": { "type": "object" }, "nested": { "$ref": "#/definitions/Nested" } } },
            "SendOptions": { "type": "object", "properties": { "file": { "x-chat-service": "file", "x-chat-file": { "maxSize": 1000, "types": ["image/*", ".txt"] } }, "note": { "type": "string" } }, "required": ["file"] },
            "FetchOptions": { "type": "object", "properties": { "id": { "type": "string" } }, "required": ["id"] },
            "Nested": { "type": "object", "properties": { "again": { "$ref": "#/definitions/Nested" }, "colour": { "$ref": "#/definitions/Colour" } } },
            "Colour": { "description": "A colour.", "type": "string", "enum": ["red", "dark blue", "1st"] },
            "Said": { "type": "object", "properties": { "text": { "type": "string" }, "by": { "type": "string", "enum": ["Agent", "Client"] }, "colour": { "$ref": "#/definitions/Colour" } }, "required": ["text"] },
            "Failed": { "type": "object", "properties": { "error": { "$ref": "#/definitions/Fault" } }, "required": ["error"] },
            "Fault": { "type": "object", "properties": { "code": { "$ref": "#/definitions/ErrorCode" }, "description": { "type": "string" } }, "required": ["code"] },
            "Ended": { "type": "object" },
            "ErrorCode": { "type": "integer", "x-chat-codes": {
                "Unknown": { "code": 0, "description": "Unknown.", "origin": "client", "recovery": "fatal" }, "Lost": { "code": "E-150", "description": "Lost.", "recovery": "resume" } },
              "x-chat-ranges": [{ "name": "All", "from": 1, "to": 99, "description": "All.", "origin": "server", "recovery": "retry" }] } } }
        """;

    private const string Variant = """
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" },
          "definitions": {
            "StartSessionOptions": { "properties": { "queue": { "type": "string", "enum": ["sales", "support"] }, "priority": { "type": "integer", "minimum": 1, "maximum": 9 }, "subject": { "maxLength": 64 } }, "required": ["queue"] },
            "ErrorCode": { "x-chat-codes": { "QueueClosed": { "code": 4101, "description": "The queue is closed.", "origin": "server", "recovery": "fatal" } } } } }
        """;

    private Seeds(IReadOnlyList<FuzzNode> small, IReadOnlyList<FuzzNode> large, IReadOnlyList<FuzzNode> suite)
    {
        Small = small;
        Large = large;
        Suite = suite;
    }

    public static Seeds Own { get; } = LoadOwn();

    /// <summary>Documents of which little code is made.</summary>
    public IReadOnlyList<FuzzNode> Small { get; }

    /// <summary>The schemas of the package and what extends them.</summary>
    public IReadOnlyList<FuzzNode> Large { get; }

    /// <summary>Schemas that other people wrote to try JSON Schema; empty without the suite.</summary>
    public IReadOnlyList<FuzzNode> Suite { get; }

    public static Seeds WithSuite(string directory)
    {
        var schemas = new List<FuzzNode>();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(directory, "tests"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            schemas.AddRange(document.RootElement.EnumerateArray().Select(group => FuzzNode.From(group.GetProperty("schema"))));
        }

        return new Seeds(Own.Small, Own.Large, schemas);
    }

    private static Seeds LoadOwn()
    {
        List<FuzzNode> large = [FuzzNode.Parse(Variant)];
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "schema"), "*.chat.json")
            .Concat(((string[])["samples", "tests"]).SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.chat.json", SearchOption.AllDirectories))
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj")));
        large.AddRange(files.Order(StringComparer.Ordinal).Select(file => FuzzNode.Parse(File.ReadAllText(file))));
        return new Seeds([FuzzNode.Parse(Standalone), .. LanguageSeeds.All.Select(FuzzNode.Parse)], large, []);
    }
}
