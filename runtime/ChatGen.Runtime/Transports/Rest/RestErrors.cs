using System.Globalization;
using System.Text.Json;

namespace ChatGen;

/// <summary>Finds out whether an answer is an error, and which of the schema.</summary>
internal sealed class RestErrors(RestMapping mapping, ChatProtocol protocol)
{
    /// <param name="answer">The answer.</param>
    /// <param name="isSuccess">Whether it would be no error by its status.</param>
    /// <param name="scope">Knows the answer.</param>
    /// <returns><see langword="null"/> if no rule of the mapping calls it an error.</returns>
    public ChatException? Find(RestAnswer answer, bool isSuccess, ITemplateScope scope)
    {
        foreach (RestErrorRule rule in mapping.Errors)
        {
            if (rule.Fits(answer.Status, isSuccess, scope) && rule.Code.Evaluate(scope) is { } value && CodeOf(value) is { } code)
            {
                return new ChatException(code, rule.Description?.Evaluate(scope).Text ?? code.Info?.Description ?? $"The backend reported the error {code}.");
            }
        }

        return null;
    }

    /// <summary>The code, of the kind that the schema's codes are of: backends send numbers as strings and the other way round.</summary>
    private ChatErrorCode? CodeOf(TemplateValue value)
    {
        if (value.Text is not { } text)
        {
            return null;
        }

        bool isNumeric = protocol.Errors.Library.Text is null;
        if (!isNumeric)
        {
            return protocol.Errors.Find(text);
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? protocol.Errors.Find(number)
            : value.Json.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? null : protocol.Errors.Find(text);
    }
}
