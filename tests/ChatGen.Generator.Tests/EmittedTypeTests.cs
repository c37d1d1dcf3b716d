using System.Reflection;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>The C# types that schemas become, as they are used: read, checked and written.</summary>
public sealed class EmittedTypeTests
{
    private const string Contact = """
        "Contact": { "description": "How to reach the visitor.", "oneOf": [
          { "type": "object", "properties": { "kind": { "const": "email" }, "email": { "type": "string", "format": "email" } }, "required": ["kind", "email"] },
          { "$ref": "#/definitions/PhoneContact" } ] },
        "PhoneContact": { "type": "object", "properties": { "kind": { "type": "string", "const": "phone" }, "number": { "type": "string", "minLength": 3 } }, "required": ["kind", "number"] }
        """;

    [Fact]
    public void Alternatives_of_objects_become_a_closed_hierarchy()
    {
        CompiledOptions options = CompiledOptions.Of(Contact + """
            , "StartSessionOptions": { "properties": { "contact": { "$ref": "#/definitions/Contact" }, "others": { "type": "array", "items": { "$ref": "#/definitions/Contact" } } } }
            """);

        Type contact = options.Property("Contact").PropertyType;
        Assert.True(contact.IsAbstract);
        Assert.Equal(["ContactEmail", "PhoneContact"], contact.Assembly.GetTypes().Where(type => type.BaseType == contact).Select(type => type.Name).Order());
        Assert.Empty(contact.GetConstructors());
        Assert.Contains("if (type == typeof(global::Acme.Chat.Contact))", options.Run.Source("ChatJsonContext"), StringComparison.Ordinal);
        Assert.Empty(options.Check(Start(""" "contact": { "email": "a@b.c", "kind": "email" }, "others": [{ "kind": "phone", "number": "110" }] """)));
        Assert.Equal(["$.contact.number minLength: 'Number' must have at least 3 characters, but has 1"], options.Check(Start(""" "contact": { "kind": "phone", "number": "1" } """)));
        Assert.Equal(["$.others[0].kind type: 'kind' must be one of 'email', 'phone'"], options.Check(Start(""" "others": [{ "kind": "fax" }] """)));
        Assert.Equal(["$.contact required: 'kind' is missing"], options.Check(Start(""" "contact": { "number": "110" } """)));
        Assert.Contains("\"contact\":{\"kind\":\"phone\",\"number\":\"110\"}", options.RoundTrip(Start(""" "contact": { "number": "110", "kind": "phone" } """)), StringComparison.Ordinal);
    }

    [Fact]
    public void Code_chooses_among_alternatives_by_type()
    {
        GeneratorRun run = GeneratorRun.Of(
            $$"""{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": { {{Contact}}, "StartSessionOptions": { "properties": { "contact": { "$ref": "#/definitions/Contact" } } } } }""",
            """
            using Acme.Chat;
            internal static class Program
            {
                internal static StartSessionOptions Options { get; } = new() { Contact = new PhoneContact { Number = "110" } };
                internal static string Text => Options.Contact switch { ContactEmail email => email.Email, PhoneContact { Kind: "phone" } phone => phone.Number, _ => "" };
            }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    [Fact]
    public Task Alternatives_that_cannot_be_told_apart_are_refused() => SchemaVerifier.VerifyAsync("""
        { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": {
          "Contact": { {|CHAT1028:"oneOf"|}: [
            { "type": "object", "properties": { "email": { "type": "string" } }, "required": ["email"] },
            { "type": "object", "properties": { "phone": { "type": "string" } }, "required": ["phone"] } ] },
          "StartSessionOptions": { "properties": { "contact": { "$ref": "#/definitions/Contact" } } } } }
        """);

    [Fact]
    public void A_constant_cannot_be_set_and_is_written_and_checked()
    {
        CompiledOptions options = CompiledOptions.Of("""
            "StartSessionOptions": { "properties": { "channel": { "const": "web" }, "version": { "const": 2 }, "terms": { "type": "boolean", "const": true } }, "required": ["channel", "version", "terms"] }
            """);

        Assert.False(options.Property("Channel").CanWrite);
        Assert.Empty(options.Check(Start(""" "channel": "web", "version": 2.0, "terms": true """)));
        Assert.Equal(["$.channel const: 'channel' must be 'web'"], options.Check(Start(""" "channel": "app", "version": 2, "terms": true """)));
        Assert.Equal(["$.terms const: 'terms' must be true"], options.Check(Start(""" "channel": "web", "version": 2, "terms": false """)));
        Assert.Equal(["$ required: 'version' is missing"], options.Check(Start(""" "channel": "web", "terms": true """)));
        Assert.Contains("\"channel\":\"web\",\"version\":2,\"terms\":true", options.RoundTrip(Start(""" "terms": true, "version": 2, "channel": "web" """)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_applied_by_allOf_gives_its_members()
    {
        CompiledOptions options = CompiledOptions.Of("""
            "Person": { "type": "object", "properties": { "firstName": { "type": "string" }, "lastName": { "type": "string" } }, "required": ["lastName"] },
            "Customer": { "allOf": [{ "$ref": "#/definitions/Person" }], "type": "object", "properties": { "number": { "type": "integer", "minimum": 1 } }, "required": ["number"] },
            "StartSessionOptions": { "properties": { "customer": { "allOf": [{ "$ref": "#/definitions/Customer" }], "description": "Who it is." } } }
            """);

        Type customer = options.Property("Customer").PropertyType;
        Assert.Equal("Customer", customer.Name);
        Assert.Equal(["FirstName", "LastName", "Number"], customer.GetProperties().Where(property => property.Name != "EqualityContract").Select(property => property.Name));
        Assert.Contains("<summary>Who it is.</summary>", options.Run.Source("StartSessionOptions"), StringComparison.Ordinal);
        Assert.Empty(options.Check(Start(""" "customer": { "lastName": "Doe", "number": 1 } """)));
        Assert.Equal(["$.customer required: 'lastName' is missing", "$.customer.number minimum: 'number' must be at least 1, but is 0"], options.Check(Start(""" "customer": { "number": 0 } """)).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{ "serverUrl": "https://chat.example.com", "username": "\ud800" }""")]
    public void What_is_no_JSON_is_a_failure_and_no_exception(string json) =>
        Assert.StartsWith("$ json: The text is not JSON: ", Assert.Single(CompiledOptions.Of("").Check(json)), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "oneOf": [{ "$ref": "#/definitions/Address" }, { "type": "null" }] }""")]
    [InlineData("""{ "anyOf": [{ "type": "null" }, { "$ref": "#/definitions/Address" }] }""")]
    public void A_choice_with_null_is_a_value_that_may_be_null(string schema)
    {
        CompiledOptions options = CompiledOptions.Of($$"""
            "Address": { "type": "object", "properties": { "city": { "type": "string" } } },
            "StartSessionOptions": { "properties": { "address": {{schema}} } }
            """);

        Assert.Equal("Address", options.Property("Address").PropertyType.Name);
        Assert.Empty(options.Check(Start(""" "address": null """)));
        Assert.Empty(options.Check(Start(""" "address": { "city": "Bern" } """)));
        Assert.Equal(["$.address.city type: 'city' must be a string, but is null"], options.Check(Start(""" "address": { "city": null } """)));
    }

    [Fact]
    public void Items_and_values_may_be_null_where_the_schema_says_so_and_only_there()
    {
        CompiledOptions options = CompiledOptions.Of("""
            "StartSessionOptions": { "properties": {
              "tags": { "type": "array", "items": { "type": ["string", "null"] } }, "counts": { "type": "object", "additionalProperties": { "type": ["integer", "null"] } },
              "names": { "type": "array", "items": { "type": "string" } } } }
            """);

        string json = Start(""" "tags": ["a", null], "counts": { "a": null, "b": 2 } """);
        Assert.Empty(options.Check(json));
        Assert.Contains("\"tags\":[\"a\",null],\"counts\":{\"a\":null,\"b\":2}", options.RoundTrip(json), StringComparison.Ordinal);
        Assert.Equal(["$.names[1] type: 'names[1]' must be a string, but is null"], options.Check(Start(""" "names": ["a", null] """)));
    }

    [Fact]
    public void A_decimal_loses_no_digits()
    {
        CompiledOptions options = CompiledOptions.Of("""
            "StartSessionOptions": { "properties": { "price": { "type": "number", "x-chat-number": "decimal", "minimum": 0, "multipleOf": 0.01 }, "id": { "type": "integer", "x-chat-number": "decimal" } } }
            """);

        Assert.Equal(typeof(decimal?), options.Property("Price").PropertyType);
        string json = Start(""" "price": 12345678901234567890.12, "id": 1234567890123456789012345678 """);
        Assert.Empty(options.Check(json));
        Assert.Contains("\"price\":12345678901234567890.12,\"id\":1234567890123456789012345678", options.RoundTrip(json), StringComparison.Ordinal);
        Assert.Equal(["$.price multipleOf: 'Price' must be a multiple of 0.01, but is 1.001"], options.Check(Start(""" "price": 1.001 """)));
    }

    [Fact]
    public void What_the_backend_alone_sets_cannot_be_set_and_is_not_sent()
    {
        CompiledOptions options = CompiledOptions.Of("""
            "StartSessionOptions": { "properties": { "ticket": { "type": "string", "readOnly": true }, "pin": { "type": "string", "writeOnly": true } }, "required": ["ticket", "pin"] }
            """);

        MethodInfo set = options.Property("Ticket").SetMethod!;
        Assert.True(set.IsAssembly);
        Assert.Empty(options.CheckValue(Start(""" "ticket": "1", "pin": "2" """)));
        Assert.DoesNotContain("ticket", options.Run.Source("StartSessionOptions.Json").Split("void WriteMembers")[1].Split("partial record")[0], StringComparison.Ordinal);
        Assert.Equal(["$ required: 'pin' is missing"], options.Check(Start(""" "ticket": "1" """)));
        Assert.Contains("Set by the backend alone.", options.Run.Source("StartSessionOptions"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://json-schema.org/draft-07/schema#", "\"x-chat-deprecated\": \"Use Queue.\"", "Use Queue.")]
    [InlineData("https://json-schema.org/draft/2020-12/schema", "\"deprecated\": true", "The schema deprecates it.")]
    public void What_is_deprecated_is_obsolete_in_CSharp_and_compiles(string dialect, string keyword, string message)
    {
        CompiledOptions options = CompiledOptions.Of($$"""
            "StartSessionOptions": { "properties": { "department": { "type": "string", {{keyword}}, "maxLength": 3 } } }
            """, dialect);

        Assert.Equal(message, options.Property("Department").GetCustomAttribute<ObsoleteAttribute>()!.Message);
        Assert.NotEmpty(options.Check(Start(""" "department": "long" """)));
    }

    [Fact]
    public void Defaults_of_every_scalar_type_are_there()
    {
        CompiledOptions options = CompiledOptions.Of("""
            "StartSessionOptions": { "properties": {
              "page": { "type": "string", "format": "uri", "default": "https://example.com/a" },
              "since": { "type": "string", "format": "date-time", "default": "2026-01-31T12:00:00+01:00" },
              "id": { "type": "string", "format": "uuid", "default": "0f8fad5b-d9cb-469f-a165-70867728950e" },
              "price": { "type": "number", "x-chat-number": "decimal", "default": 1.50 } } }
            """);

        string json = options.RoundTrip(Start(""" "username": "Jane" """));
        Assert.Contains("\"page\":\"https://example.com/a\"", json, StringComparison.Ordinal);
        Assert.Contains("\"since\":\"2026-01-31T12:00:00+01:00\"", json, StringComparison.Ordinal);
        Assert.Contains("\"id\":\"0f8fad5b-d9cb-469f-a165-70867728950e\"", json, StringComparison.Ordinal);
        Assert.Contains("\"price\":1.50", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_of_another_schema_of_the_project_can_be_referred_to()
    {
        GeneratorRun run = GeneratorRun.Of([
            new SchemaFile("/work/chat/acme.chat.json", """
                { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": {
                  "StartSessionOptions": { "properties": { "address": { "$ref": "../common.json#/definitions/Address" }, "country": { "$ref": "common#/definitions/Country" } } } } }
                """, "Acme.Chat"),
            new SchemaFile("/work/common.json", """
                { "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "common", "definitions": {
                  "Address": { "type": "object", "properties": { "city": { "type": "string" }, "country": { "$ref": "#/definitions/Country" } } },
                  "Country": { "type": "string", "enum": ["ch", "de"] } } }
                """, "", "false"),
        ], """
            using Acme.Chat;
            internal static class Program
            {
                internal static StartSessionOptions Options { get; } = new() { Address = new Address { City = "Bern", Country = Country.Ch }, Country = Country.De };
            }
            """);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }

    private static string Start(string members) => $$"""{ "serverUrl": "https://chat.example.com", {{members}} }""";
}
