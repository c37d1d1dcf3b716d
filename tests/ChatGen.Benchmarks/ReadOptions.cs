using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using ChatGen.Benchmarks.Chat;
using FluentValidation;
using NJsonSchema;

namespace ChatGen.Benchmarks;

/// <summary>Bytes of JSON to checked options.</summary>
[MemoryDiagnoser]
public class ReadOptions
{
    private static readonly PlainOptionsValidator s_validator = new();
    private static readonly JsonSchema s_schema = CreateSchema();
    private static readonly string s_text = Encoding.UTF8.GetString(OptionsDocument.Utf8);

    [Benchmark(Baseline = true)]
    public object Hand_written_reader() => HandWrittenOptions.Read(OptionsDocument.Utf8);

    [Benchmark]
    public object ChatGen_read_and_validate()
    {
        var reader = new Utf8JsonReader(OptionsDocument.Utf8);
        reader.Read();
        StartSessionOptions options = StartSessionOptionsJsonConverter.ReadValue(ref reader);
        options.Validate().ThrowIfInvalid();
        return options;
    }

    [Benchmark]
    public object ChatGen_by_JsonSerializer_and_validate()
    {
        StartSessionOptions options = JsonSerializer.Deserialize(OptionsDocument.Utf8, ChatJsonContext.Default.StartSessionOptions)!;
        options.Validate().ThrowIfInvalid();
        return options;
    }

    [Benchmark]
    public object SystemTextJson_source_generated_without_rules() => JsonSerializer.Deserialize(OptionsDocument.Utf8, PlainOptionsContext.Default.PlainOptions)!;

    [Benchmark]
    public object SystemTextJson_and_FluentValidation()
    {
        PlainOptions options = JsonSerializer.Deserialize(OptionsDocument.Utf8, PlainOptionsContext.Default.PlainOptions)!;
        s_validator.ValidateAndThrow(options);
        return options;
    }

    [Benchmark]
    public object SystemTextJson_and_DataAnnotations()
    {
        PlainOptions options = JsonSerializer.Deserialize(OptionsDocument.Utf8, PlainOptionsContext.Default.PlainOptions)!;
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return options;
    }

    [Benchmark]
    public object NJsonSchema_rules_alone() => s_schema.Validate(s_text);

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
