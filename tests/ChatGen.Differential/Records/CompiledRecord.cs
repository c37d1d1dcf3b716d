using System.Reflection;
using System.Text;
using System.Text.Json;

namespace ChatGen.Differential.Records;

/// <summary>Generated options of one schema.</summary>
internal abstract class CompiledRecord
{
    public static CompiledRecord Of(Type type) => (CompiledRecord)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type))!;

    /// <summary>Reads and checks.</summary>
    public abstract ChatValidationResult TryParse(string json, out object? value);

    /// <summary>Reads without any check but those of reading.</summary>
    public abstract object? Deserialize(string json);

    public abstract string Serialize(object value);

    public abstract ChatValidationResult Validate(object value);

}

/// <typeparam name="T">The generated type.</typeparam>
file sealed class Of<T> : CompiledRecord
    where T : class, IChatOptions<T>
{
    private static readonly TryParseMethod s_parse = typeof(T).GetMethod("TryParse", BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)!.CreateDelegate<TryParseMethod>();

    private delegate bool TryParseMethod(ReadOnlySpan<byte> utf8Json, out T? value, out ChatValidationResult result);

    public override ChatValidationResult TryParse(string json, out object? value)
    {
        bool isValid = s_parse(Encoding.UTF8.GetBytes(json), out T? parsed, out ChatValidationResult result);
        value = parsed;
        return isValid == result.IsValid && isValid == parsed is not null ? result : throw new InvalidOperationException("TryParse contradicts itself.");
    }

    public override object? Deserialize(string json) => JsonSerializer.Deserialize<T>(json);

    public override string Serialize(object value) => JsonSerializer.Serialize((T)value);

    public override ChatValidationResult Validate(object value) => ((T)value).Validate();
}
