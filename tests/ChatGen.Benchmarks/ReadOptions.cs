using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using ChatGen.Benchmarks.Chat;
using FluentValidation;
using Microsoft.Extensions.Options;
using NJsonSchema;

namespace ChatGen.Benchmarks;

/// <summary>Bytes of JSON to checked options.</summary>
public abstract class ReadOptions(byte[] utf8Json)
{
    private static readonly PlainOptionsValidator s_validator = new();
    private static readonly PlainOptionsRules s_rules = new();
    private static readonly JsonSchema s_schema = CreateSchema();

    private readonly string _text = Encoding.UTF8.GetString(utf8Json);

    [Benchmark(Baseline = true)]
    public object Hand_written_reader_with_rules() => HandWrittenOptions.Read(utf8Json);

    /// <summary>What no reader of this type can do without: the tokens, and the two objects that the framework makes.</summary>
    [Benchmark]
    public object Tokens_Uri_and_JsonObject_alone()
    {
        var reader = new Utf8JsonReader(utf8Json);
        var server = new Uri(OptionsDocument.Server);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.StartObject)
            {
                GC.KeepAlive(JsonNode.Parse(ref reader));
            }
        }

        return server;
    }

    /// <summary>The same with the strings, of which a record has to keep one each.</summary>
    [Benchmark]
    public object Tokens_strings_Uri_and_JsonObject_alone()
    {
        var reader = new Utf8JsonReader(utf8Json);
        Uri? server = null;
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1)
            {
                continue;
            }

            if (reader.TokenType == JsonTokenType.StartObject)
            {
                GC.KeepAlive(JsonNode.Parse(ref reader));
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                string text = reader.GetString()!;
                server ??= new Uri(text);
            }
        }

        return server!;
    }

    [Benchmark]
    public object ChatGen()
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        StartSessionOptions options = StartSessionOptionsJsonConverter.ReadValue(ref reader);
        options.Validate().ThrowIfInvalid();
        return options;
    }

    [Benchmark]
    public object ChatGen_by_JsonSerializer()
    {
        StartSessionOptions options = JsonSerializer.Deserialize(utf8Json, ChatJsonContext.Default.StartSessionOptions)!;
        options.Validate().ThrowIfInvalid();
        return options;
    }

    [Benchmark]
    public object SystemTextJson_generator_without_rules() => Deserialize();

    [Benchmark]
    public object SystemTextJson_generator_without_rules_into_a_class_with_setters() => JsonSerializer.Deserialize(utf8Json, PlainOptionsContext.Default.MutableOptions)!;

    [Benchmark]
    public object SystemTextJson_generator_and_rules_by_hand()
    {
        PlainOptions options = Deserialize();
        return options.IsValid() ? options : throw new JsonException();
    }

    [Benchmark]
    public object SystemTextJson_generator_and_OptionsValidator_generator()
    {
        PlainOptions options = Deserialize();
        return s_rules.Validate(null, options) is { Succeeded: true } ? options : throw new OptionsValidationException("", typeof(PlainOptions), null);
    }

    [Benchmark]
    public object SystemTextJson_generator_and_FluentValidation()
    {
        PlainOptions options = Deserialize();
        s_validator.ValidateAndThrow(options);
        return options;
    }

    [Benchmark]
    public object SystemTextJson_generator_and_DataAnnotations()
    {
        PlainOptions options = Deserialize();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return options;
    }

    [Benchmark]
    public object NJsonSchema_rules_without_an_object() => s_schema.Validate(_text);

    private PlainOptions Deserialize() => JsonSerializer.Deserialize(utf8Json, PlainOptionsContext.Default.PlainOptions)!;

    private static JsonSchema CreateSchema()
    {
        var schema = new JsonSchema { Type = JsonObjectType.Object };
        schema.Properties["serverUrl"] = new JsonSchemaProperty { Type = JsonObjectType.String, Pattern = "^https?://" };
        schema.Properties["username"] = new JsonSchemaProperty { Type = JsonObjectType.String };
        schema.Properties["subject"] = new JsonSchemaProperty { Type = JsonObjectType.String };
        schema.Properties["userData"] = new JsonSchemaProperty { Type = JsonObjectType.Object };
        schema.Properties["maxOfflineDuration"] = new JsonSchemaProperty { Type = JsonObjectType.Number, Minimum = 0 };
        schema.RequiredProperties.Add("serverUrl");
        return schema;
    }
}

/// <summary>The small document.</summary>
[MemoryDiagnoser]
public class ReadSmallOptions() : ReadOptions(OptionsDocument.Small);

/// <summary>The big document.</summary>
[MemoryDiagnoser]
public class ReadBigOptions() : ReadOptions(OptionsDocument.Big);
