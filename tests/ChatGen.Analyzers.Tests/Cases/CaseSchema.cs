namespace ChatGen.Analyzers.Tests.Cases;

/// <summary>The built-in schema with commands whose options have members of every kind, and rules of every form.</summary>
internal static class CaseSchema
{
    public const string Text = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme",
          "x-chat": {
            "extends": "genesys-gwe-8.5",
            "commands": {
              "order": { "options": { "$ref": "#/definitions/OrderOptions" }, "parameters": ["name", "size", "wait", "color"] },
              "contact": { "options": { "$ref": "#/definitions/ContactOptions" }, "parameters": ["mail", "phone", "prefix"] },
              "pay": { "options": { "$ref": "#/definitions/PayOptions" } },
              "ship": { "options": { "$ref": "#/definitions/ShipOptions" } },
              "rate": { "options": { "$ref": "#/definitions/RateOptions" } },
              "book": { "options": { "$ref": "#/definitions/BookOptions" } },
              "call": { "options": { "$ref": "#/definitions/CallOptions" } },
              "tell": { "options": { "$ref": "#/definitions/TellOptions" } }
            },
            "transports": { "cometd": { "operations": {
              "order": "order", "contact": "contact", "pay": "pay", "ship": "ship", "rate": "rate", "book": "book", "call": "call", "tell": "tell"
            } } }
          },
          "definitions": {
            "Address": {
              "type": "object",
              "properties": {
                "street": { "type": "string", "minLength": 1 }, "zip": { "type": "string", "pattern": "^[0-9]{5}$" }, "floor": { "type": "integer", "minimum": 0 }
              },
              "required": ["street"], "dependencies": { "floor": ["zip"] }
            },
            "OrderOptions": {
              "type": "object",
              "properties": {
                "name": { "type": "string", "minLength": 1, "maxLength": 5 },
                "code": { "type": "string", "pattern": "^[A-Z]{2}$" },
                "mail": { "type": "string", "format": "email" },
                "size": { "type": "integer", "minimum": 1, "maximum": 10 },
                "even": { "type": "integer", "multipleOf": 2 },
                "big": { "type": "integer", "x-chat-number": "int64", "minimum": 0, "maximum": 5000000000 },
                "ratio": { "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 },
                "price": { "type": "number", "x-chat-number": "decimal", "minimum": 0.5, "multipleOf": 0.01 },
                "wait": { "type": "number", "x-chat-unit": "seconds", "minimum": 0, "maximum": 60 },
                "pause": { "type": "number", "x-chat-unit": "milliseconds", "minimum": 100, "maximum": 86400000 },
                "site": { "type": "string", "format": "uri", "pattern": "^https:" },
                "id": { "type": "string", "format": "uuid" },
                "key": { "type": "string", "format": "uuid" },
                "at": { "type": "string", "format": "date-time" },
                "color": { "type": "string", "enum": ["red", "green"] },
                "level": { "type": "integer", "enum": [1, 2, 3] },
                "fixed": { "type": "string", "const": "web" },
                "tags": { "type": "array", "items": { "type": "string", "minLength": 2 }, "minItems": 1, "maxItems": 3, "uniqueItems": true },
                "sizes": { "type": "array", "items": { "type": "number", "maximum": 10 }, "contains": { "const": 5 } },
                "colors": { "type": "array", "items": { "type": "string", "enum": ["red", "green"] } },
                "marks": { "type": "object", "additionalProperties": { "type": "integer", "maximum": 5 }, "propertyNames": { "pattern": "^[a-z]+$" }, "maxProperties": 2 },
                "words": { "type": "object", "additionalProperties": { "type": "string", "maxLength": 3 } },
                "extra": { "type": "object", "maxProperties": 2, "not": { "required": ["secret"] } },
                "any": { "not": { "type": "string" } },
                "home": { "$ref": "#/definitions/Address" },
                "others": { "type": "array", "items": { "$ref": "#/definitions/Address" }, "maxItems": 2 },
                "rooms": { "type": "object", "additionalProperties": { "$ref": "#/definitions/Address" } },
                "slow": { "type": "string", "pattern": "^(a+)+$" },
                "isUrgent": { "type": "boolean" },
                "note": { "type": ["string", "null"], "maxLength": 3 },
                "nick": { "type": "string", "minLength": 3, "default": "User", "x-chat-empty-as-default": true }
              },
              "required": ["name"],
              "not": { "properties": { "id": { "const": "00000000-0000-0000-0000-000000000000" } }, "required": ["id"] }
            },
            "ContactOptions": {
              "type": "object",
              "properties": { "mail": { "type": "string" }, "phone": { "type": "string" }, "prefix": { "type": "string" } },
              "anyOf": [{ "required": ["mail"] }, { "required": ["phone", "prefix"] }]
            },
            "PayOptions": {
              "type": "object",
              "properties": { "card": { "type": "string" }, "iban": { "type": "string" }, "cash": { "type": "boolean" } },
              "oneOf": [{ "required": ["card"] }, { "required": ["iban"] }, { "required": ["cash"] }]
            },
            "ShipOptions": {
              "type": "object",
              "properties": { "express": { "type": "boolean" }, "day": { "type": "string" }, "hour": { "type": "integer" }, "gift": { "type": "string" }, "card": { "type": "string" } },
              "dependencies": { "hour": ["day"], "gift": { "required": ["card"] } }
            },
            "RateOptions": {
              "type": "object",
              "properties": { "stars": { "type": "integer", "minimum": 1, "maximum": 5 }, "why": { "type": "string" }, "kind": { "type": "string", "enum": ["good", "bad"] } },
              "required": ["stars"],
              "if": { "properties": { "stars": { "maximum": 2 } }, "required": ["stars"] }, "then": { "required": ["why"] }, "else": { "not": { "required": ["why"] } }
            },
            "BookOptions": {
              "type": "object",
              "properties": { "from": { "type": "string" }, "to": { "type": "string" }, "seats": { "type": "integer" } },
              "minProperties": 2, "not": { "required": ["to", "seats"] }
            },
            "CallOptions": {
              "type": "object",
              "properties": {
                "number": { "type": "string" }, "later": { "type": "boolean", "default": false },
                "at": { "type": "string", "x-chat-ignored-with": ["number"] }
              },
              "allOf": [{ "if": { "properties": { "later": { "const": true } }, "required": ["later"] }, "then": { "required": ["at"] } }]
            },
            "TellOptions": {
              "type": "object",
              "properties": { "how": { "oneOf": [{ "$ref": "#/definitions/ByMail" }, { "$ref": "#/definitions/ByPhone" }] } },
              "required": ["how"]
            },
            "ByMail": { "type": "object", "properties": { "kind": { "const": "mail" }, "mail": { "type": "string", "format": "email" } }, "required": ["kind", "mail"] },
            "ByPhone": { "type": "object", "properties": { "kind": { "const": "phone" }, "phone": { "type": "string", "minLength": 3 } }, "required": ["kind", "phone"] }
          }
        }
        """;
}
