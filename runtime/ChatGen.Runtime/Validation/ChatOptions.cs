using System.Buffers;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ChatGen;

/// <summary>Reads options from JSON and checks them. For generated code. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChatOptions
{
    /// <summary>Reads options from JSON and checks every rule.</summary>
    /// <param name="utf8Json">The JSON: one value, without a byte order mark.</param>
    /// <param name="read">Reads the value.</param>
    /// <param name="rules">What the rules of the type do not say; <see langword="null"/> if they say all.</param>
    /// <exception cref="ChatValidationException">The JSON breaks a rule, or is none.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> utf8Json, ChatJsonReader<T> read, ChatJsonRules? rules = null)
        where T : class, IChatOptions<T>
    {
        if (!TryParse(utf8Json, read, out T? value, out ChatValidationResult result, rules))
        {
            result.ThrowIfInvalid();
        }

        return value!;
    }

    /// <summary>Reads options from JSON and checks every rule.</summary>
    /// <param name="utf8Json">The JSON: one value, without a byte order mark.</param>
    /// <param name="read">Reads the value.</param>
    /// <param name="value">The options; <see langword="null"/> if they break a rule.</param>
    /// <param name="result">What is wrong.</param>
    /// <param name="rules">What the rules of the type do not say; <see langword="null"/> if they say all.</param>
    /// <returns>Whether nothing is wrong.</returns>
    public static bool TryParse<T>(
        ReadOnlySpan<byte> utf8Json, ChatJsonReader<T> read, [NotNullWhen(true)] out T? value, out ChatValidationResult result, ChatJsonRules? rules = null)
        where T : class, IChatOptions<T>
    {
        ArgumentNullException.ThrowIfNull(read);
        value = null;
        try
        {
            if (rules is null)
            {
                value = Read(utf8Json, read);
                result = value.Validate();
            }
            else
            {
                // Such rules see what the options cannot hold, such as members that the schema does not name.
                result = Check(utf8Json, rules);
                value = result.IsValid ? Read(utf8Json, read) : null;
            }
        }
        catch (ChatJsonException exception)
        {
            result = Failure(exception.ValuePath, exception.Keyword, exception.Words);
        }
        catch (JsonException exception)
        {
            result = Failure("$", "json", $"The text is not JSON: {exception.Message}");
        }
        catch (InvalidOperationException exception)
        {
            // So the reader speaks of text that is no Unicode.
            result = Failure("$", "json", $"The text is not JSON: {exception.Message}");
        }

        value = result.IsValid ? value : null;
        return value is not null;
    }

    /// <summary>What came of checking options, in the terms of data annotations: each failure with the member that it is about, by its C# name, such as <c>Form.Items[0]</c>.</summary>
    /// <typeparam name="T">The options.</typeparam>
    /// <param name="result">What came of checking them.</param>
    /// <returns>Nothing if they break no rule. A failure of the options as a whole is about no member.</returns>
    public static IEnumerable<ValidationResult> ResultsOf<T>(ChatValidationResult result)
        where T : class, IChatOptions<T> =>
        [.. result.Failures.Select(failure => new ValidationResult(
            failure.Message, MemberPath.Of(failure.Path, T.ConfigurationShape) is { Length: > 0 } member ? [member] : []))];

    private static T Read<T>(ReadOnlySpan<byte> utf8Json, ChatJsonReader<T> read)
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        T value = read(ref reader);

        // Anything behind the value is an error that the reader knows of.
        reader.Read();
        return value;
    }

    private static ChatValidationResult Check(ReadOnlySpan<byte> utf8Json, ChatJsonRules rules)
    {
        byte[] text = ArrayPool<byte>.Shared.Rent(utf8Json.Length);
        try
        {
            utf8Json.CopyTo(text);
            using JsonDocument document = JsonDocument.Parse(text.AsMemory(0, utf8Json.Length));
            List<ChatValidationFailure>? failures = null;
            rules(document.RootElement, ref failures);
            return new ChatValidationResult(failures);
        }
        finally
        {
            // It may hold what is nobody else's business.
            ArrayPool<byte>.Shared.Return(text, clearArray: true);
        }
    }

    private static ChatValidationResult Failure(string path, string keyword, string message) => new([new ChatValidationFailure(path, keyword, message)]);
}
