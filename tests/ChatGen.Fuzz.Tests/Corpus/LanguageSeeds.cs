namespace ChatGen.Fuzz.Tests.Corpus;

/// <summary>Documents with every keyword of the two drafts and all that is made of them, in few definitions.</summary>
internal static class LanguageSeeds
{
    public const string Draft7 = """
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "language7", "x-chat": @chat,
          "definitions": { @definitions,
            "Tuple": { "type": "array", "items": [{ "type": "integer" }, { "type": "string", "pattern": "^a" }], "additionalItems": { "type": "boolean" } },
            "Depends": { "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "string" } }, "dependencies": { "a": ["b"], "b": { "minProperties": 2 } } },
            "Named": { "$id": "#named", "type": "object", "properties": { "n": { "type": "integer", "readOnly": true } } },
            "ByName": { "type": "object", "properties": { "one": { "$ref": "#named" }, "two": { "$ref": "#/definitions/ActOptions/properties/inner" }, "three": { "$ref": "inner#/definitions/Deep" } } },
            "Within": { "$id": "inner", "type": "string", "definitions": { "Deep": { "type": "object", "properties": { "d": { "$ref": "#" } } } } } } }
        """;

    public const string Draft202012 = """
        { "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "language2020", "x-chat": @chat,
          "definitions": { @definitions,
            "Tuple": { "type": "array", "prefixItems": [{ "type": "integer" }, { "type": "string", "pattern": "^a" }], "items": { "type": "boolean" }, "unevaluatedItems": false },
            "Depends": { "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "string" } }, "dependentRequired": { "a": ["b"] }, "dependentSchemas": { "b": { "minProperties": 2 } }, "unevaluatedProperties": false },
            "Named": { "$anchor": "named", "type": "object", "deprecated": true, "properties": { "n": { "type": "integer", "readOnly": true } } },
            "ByName": { "type": "object", "properties": { "one": { "$ref": "#named", "description": "Beside." }, "two": { "$ref": "#/definitions/ActOptions/properties/inner" }, "three": { "$ref": "inner#/$defs/Deep" } } },
            "Within": { "$id": "inner", "$dynamicAnchor": "node", "type": "object", "properties": { "next": { "$dynamicRef": "#node" } }, "$defs": { "Deep": { "type": "object", "properties": { "d": { "$ref": "#" } } } } } },
          "$defs": {
            "Tree": { "$id": "tree", "$dynamicAnchor": "node", "type": "object", "properties": { "children": { "type": "array", "items": { "$dynamicRef": "#node" } } }, "unevaluatedProperties": { "type": "string" } },
            "Strict": { "$id": "strict", "$dynamicAnchor": "node", "$ref": "tree", "unevaluatedProperties": false, "contains": { "const": 1 }, "minContains": 0, "maxContains": 3 } } }
        """;

    private const string Chat = """
        { "start": { "name": "startSession", "options": { "$ref": "#/definitions/StartSessionOptions" }, "result": { "$ref": "#/definitions/Started" }, "sessionId": "id" },
          "restore": { "name": "restoreSession", "options": { "$ref": "#/definitions/RestoreSessionOptions" } },
          "commands": { "act": { "options": { "$ref": "#/definitions/ActOptions" }, "result": { "$ref": "#/definitions/Acted" }, "parameters": ["text"], "x-chat-deprecated": "Use another." } },
          "events": { "discriminator": "type", "index": "index", "timestamp": "timestamp", "types": {
            "said": { "wire": "Said", "payload": { "$ref": "#/definitions/Said" } },
            "ended": { "wire": "Ended", "payload": { "$ref": "#/definitions/Ended" }, "role": "ended" } } },
          "errors": { "member": "error", "code": "code", "description": "description", "connection": 1, "library": 0 } }
        """;

    private const string Definitions = """
        "StartSessionOptions": { "type": "object", "properties": { "serverUrl": { "type": "string", "format": "uri", "x-chat-client": "serverUrl" },
            "subject": { "$ref": "#/definitions/Content" } }, "required": ["serverUrl"] },
        "RestoreSessionOptions": { "type": "object", "properties": { "kind": { "const": "restore" } }, "required": ["kind"] },
        "Started": { "type": "object", "properties": { "id": { "type": "string" } }, "required": ["id"] },
        "Base": { "description": "Base.", "type": "object", "properties": { "id": { "type": "string", "minLength": 1 }, "when": { "type": ["string", "null"], "format": "date-time" } }, "required": ["id"] },
        "Other": { "type": "object", "properties": { "flag": { "type": "boolean", "default": true }, "id": { "type": "string" } }, "minProperties": 1 },
        "Acted": { "allOf": [{ "$ref": "#/definitions/Base" }, { "$ref": "#/definitions/Other" }, { "properties": { "own": { "type": "integer", "x-chat-number": "decimal", "multipleOf": 0.5 } }, "required": ["own"] }] },
        "Text": { "type": "object", "properties": { "type": { "const": "text" }, "text": { "type": "string" } }, "required": ["type", "text"] },
        "Picture": { "allOf": [{ "$ref": "#/definitions/Base" }, { "type": "object", "properties": { "type": { "type": "string", "const": "picture" }, "bytes": { "type": "integer", "const": 3 } }, "required": ["type", "bytes"] }] },
        "Content": { "description": "One of several.", "oneOf": [{ "$ref": "#/definitions/Text" }, { "$ref": "#/definitions/Picture" }, { "type": "object", "properties": { "type": { "const": "none" } }, "required": ["type"], "additionalProperties": false }] },
        "Choice": { "anyOf": [{ "type": "object", "properties": { "k": { "const": "a\n\"b" } }, "required": ["k"] }, { "type": "object", "properties": { "k": { "const": "c" }, "deep": { "$ref": "#/definitions/Content" } }, "required": ["k"] }] },
        "MaybeText": { "oneOf": [{ "type": "null" }, { "$ref": "#/definitions/Text" }] },
        "Mark": { "type": ["string", "null"], "enum": ["x", "y", null], "x-chat-enum-names": { "x": "Ex" } },
        "Keyed": { "type": "object", "propertyNames": { "pattern": "^[a-z]+$", "maxLength": 9 }, "patternProperties": { "^x": { "type": "integer" } }, "additionalProperties": { "type": "string", "enum": ["p", "q"] } },
        "Conditional": { "type": "object", "properties": { "a": { "type": "integer" }, "b": { "enum": [1, "two", null, { "three": [3] }] }, "c": false, "d": true }, "if": { "required": ["a"] }, "then": { "required": ["b"] }, "else": { "not": { "required": ["b"] } }, "maxProperties": 5 },
        "ActOptions": { "type": "object", "required": ["text", "fixed"], "properties": {
            "text": { "type": "string", "minLength": 1, "not": { "const": "no" } }, "fixed": { "const": true }, "old": { "type": "string", "x-chat-deprecated": "Gone." }, "older": { "type": "string", "x-chat-deprecated": true, "writeOnly": true },
            "content": { "$ref": "#/definitions/Content" }, "maybe": { "$ref": "#/definitions/MaybeText" }, "marks": { "type": "array", "items": { "$ref": "#/definitions/Mark" }, "uniqueItems": true, "contains": { "const": "x" } },
            "money": { "type": "number", "x-chat-number": "decimal", "multipleOf": 0.01, "default": 1.5 }, "big": { "type": "integer", "x-chat-number": "int64", "minimum": 0, "maximum": 9223372036854775807 },
            "inner": { "type": "object", "properties": { "self": { "$ref": "#/definitions/ActOptions" }, "list": { "type": "array", "items": { "type": ["integer", "null"], "minimum": 3 } } } },
            "keyed": { "$ref": "#/definitions/Keyed" }, "conditional": { "$ref": "#/definitions/Conditional" }, "tuple": { "$ref": "#/definitions/Tuple" }, "depends": { "$ref": "#/definitions/Depends" }, "byName": { "$ref": "#/definitions/ByName" },
            "choice": { "$ref": "#/definitions/Choice" }, "either": { "anyOf": [{ "type": "string" }, { "type": "integer" }] }, "any": { "examples": [[1, { "a": null }]] } } },
        "Said": { "type": "object", "properties": { "acted": { "$ref": "#/definitions/Acted" }, "content": { "$ref": "#/definitions/Content" }, "code": { "$ref": "#/definitions/ErrorCode" } } },
        "Ended": { "type": "object" },
        "ErrorCode": { "type": "integer", "x-chat-codes": { "Unknown": { "code": 0, "description": "Unknown.", "origin": "client", "recovery": "fatal" }, "Lost": { "code": 1, "description": "Lost.", "origin": "server", "recovery": "resume" } } }
        """;

    public static IReadOnlyList<string> All { get; } = [Fill(Draft7), Fill(Draft202012)];

    private static string Fill(string template) => template.Replace("@chat", Chat, StringComparison.Ordinal).Replace("@definitions", Definitions, StringComparison.Ordinal);
}
