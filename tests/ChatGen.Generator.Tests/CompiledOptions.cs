using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>A generated client, compiled and loaded, of whose options values can be read, checked and written.</summary>
internal sealed class CompiledOptions
{
    private readonly Type _type;

    private CompiledOptions(GeneratorRun run, string type)
    {
        Run = run;
        using var image = new MemoryStream();
        Assert.True(run.Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        image.Position = 0;
        _type = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image).GetType("Acme.Chat." + type, throwOnError: true)!;
    }

    private delegate bool TryParse<T>(ReadOnlySpan<byte> utf8Json, out T? value, out ChatValidationResult result);

    public GeneratorRun Run { get; }

    /// <summary>A variant of the built-in schema whose <c>StartSessionOptions</c> get members and rules.</summary>
    /// <param name="definitions">Members of <c>definitions</c>, or of <c>$defs</c> in 2020-12.</param>
    /// <param name="dialect">The dialect.</param>
    /// <param name="type">The options that are looked at.</param>
    public static CompiledOptions Of(string definitions, string dialect = "http://json-schema.org/draft-07/schema#", string type = "StartSessionOptions")
    {
        GeneratorRun run = GeneratorRun.Of($$"""
            { "$schema": "{{dialect}}", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": { {{definitions}} } }
            """);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
        return new CompiledOptions(run, type);
    }

    /// <summary>What is wrong with a JSON text: path, keyword and message, a line each.</summary>
    public string[] Check(string json)
    {
        _ = Read(json, out ChatValidationResult result);
        return Lines(result);
    }

    /// <summary>What the options say of themselves after they were read without any check.</summary>
    public string[] CheckValue(string json)
    {
        object value = JsonSerializer.Deserialize(json, _type)!;
        return Lines((ChatValidationResult)_type.GetMethod("Validate", Type.EmptyTypes)!.Invoke(value, null)!);
    }

    /// <summary>The bytes that checking the options takes.</summary>
    public long AllocationOfCheck(string json)
    {
        object value = JsonSerializer.Deserialize(json, _type)!;
        var validate = _type.GetMethod("Validate", Type.EmptyTypes)!.CreateDelegate<Func<ChatValidationResult>>(value);
        Assert.True(validate().IsValid);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = validate();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>What data annotations say of the options after they were read without any check: members and message, a line each.</summary>
    public string[] Annotate(string json)
    {
        object value = JsonSerializer.Deserialize(json, _type)!;
        List<ValidationResult> results = [];
        bool isValid = Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true);
        Assert.Equal(results.Count == 0, isValid);
        return [.. results.Select(result => $"{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}")];
    }

    /// <summary>The options, read and written.</summary>
    public string RoundTrip(string json)
    {
        object value = Read(json, out ChatValidationResult result) ?? throw new InvalidOperationException(string.Join("; ", Lines(result)));
        return JsonSerializer.Serialize(value, _type);
    }

    public PropertyInfo Property(string name) => _type.GetProperty(name)!;

    private object? Read(string json, out ChatValidationResult result)
    {
        object?[] arguments = [Encoding.UTF8.GetBytes(json), null, null];
        object? value = typeof(CompiledOptions).GetMethod(nameof(Call), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(_type).Invoke(null, arguments);
        result = (ChatValidationResult)arguments[2]!;
        return value;
    }

    // Reflection cannot pass a span, but a delegate can.
    private static T? Call<T>(byte[] json, object? ignored, out ChatValidationResult result)
        where T : class
    {
        TryParse<T> parse = typeof(T).GetMethod("TryParse", BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)!.CreateDelegate<TryParse<T>>();
        return parse(json, out T? value, out result) ? value : null;
    }

    private static string[] Lines(ChatValidationResult result) => [.. result.Failures.Select(failure => $"{failure.Path} {failure.Keyword}: {failure.Message}")];
}
