using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>The rules of any schema where data annotations are applied. Members are named as in C#, also within members.</summary>
public sealed class DataAnnotationsTests
{
    private const string Definitions = """
        "Contact": { "oneOf": [
          { "type": "object", "properties": { "kind": { "const": "email" }, "e-mail": { "type": "string", "minLength": 3 } }, "required": ["kind", "e-mail"] },
          { "$ref": "#/definitions/PhoneContact" } ] },
        "PhoneContact": { "type": "object", "properties": { "kind": { "type": "string", "const": "phone" }, "phone-number": { "type": "string", "minLength": 3 } }, "required": ["kind", "phone-number"] },
        "Item": { "type": "object", "properties": { "item.price": { "type": "number", "minimum": 0 }, "parts": { "type": "array", "items": { "$ref": "#/definitions/Item" } } } },
        "StartSessionOptions": { "properties": {
          "user-rank": { "type": "integer", "minimum": 1 },
          "contact": { "$ref": "#/definitions/Contact" },
          "item": { "$ref": "#/definitions/Item" },
          "items": { "type": "array", "items": { "$ref": "#/definitions/Item" } },
          "byName": { "type": "object", "additionalProperties": { "$ref": "#/definitions/Item" } } } }
        """;

    private static readonly CompiledOptions s_start = CompiledOptions.Of(Definitions);

    [Theory]
    [InlineData(""" "user-rank": 0 """, "UserRank: 'UserRank' must be at least 1, but is 0")]
    [InlineData(""" "item": { "item.price": -1 } """, "Item.ItemPrice: 'ItemPrice' must be at least 0, but is -1")]
    [InlineData(""" "items": [{}, { "item.price": -1 }] """, "Items[1].ItemPrice: 'ItemPrice' must be at least 0, but is -1")]
    [InlineData(""" "items": [{ "parts": [{ "item.price": -1 }] }] """, "Items[0].Parts[0].ItemPrice: 'ItemPrice' must be at least 0, but is -1")]
    [InlineData(""" "byName": { "a": { "item.price": -1 } } """, "ByName.a.ItemPrice: 'ItemPrice' must be at least 0, but is -1")]
    [InlineData(""" "contact": { "kind": "phone", "phone-number": "1" } """, "Contact.PhoneNumber: 'PhoneNumber' must have at least 3 characters, but has 1")]
    public void A_broken_rule_is_told_with_the_member_in_CSharp(string members, string expected) =>
        Assert.Equal([expected], s_start.Annotate($$"""{ "serverUrl": "https://chat.example.com", {{members}} }"""));

    [Fact]
    public void All_broken_rules_are_told_at_once() => Assert.Equal(
        [": 'StartSessionOptions' needs 'ServerUrl' unless 'Transport' is given", "UserRank: 'UserRank' must be at least 1, but is 0", "Item.ItemPrice: 'ItemPrice' must be at least 0, but is -1"],
        s_start.Annotate("""{ "user-rank": 0, "item": { "item.price": -1 } }"""));

    [Fact]
    public void What_keeps_the_rules_is_valid() =>
        Assert.Empty(s_start.Annotate("""{ "serverUrl": "https://chat.example.com", "user-rank": 1, "items": [{ "item.price": 2 }], "contact": { "kind": "email", "e-mail": "a@b.c" } }"""));

    [Fact]
    public void One_of_a_hierarchy_is_checked_by_its_own_rules() =>
        Assert.Equal(["PhoneNumber: 'PhoneNumber' must have at least 3 characters, but has 1"], CompiledOptions.Of(Definitions, type: "PhoneContact").Annotate("""{ "kind": "phone", "phone-number": "1" }"""));
}
