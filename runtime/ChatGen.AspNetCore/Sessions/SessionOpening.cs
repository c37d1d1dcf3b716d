using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace ChatGen;

/// <summary>Makes the options of a start or a restore from what is configured, what the visitor sends, and what code adds.</summary>
/// <param name="opening">The operation.</param>
/// <param name="configuration">The client's configuration; null if there is none.</param>
/// <param name="completions">What code adds, of any type of options.</param>
internal sealed class SessionOpening(ChatOpening opening, IConfiguration? configuration, IEnumerable<SessionCompletion> completions)
{
    private readonly SessionCompletion[] _completions = [.. completions.Where(completion => completion.OptionsType == opening.OptionsType)];

    /// <summary>What is wrong with what is configured, whatever visitors send; empty if nothing is known to be.</summary>
    /// <remarks>What is missing may come from visitors or from code.</remarks>
    public IEnumerable<ChatValidationFailure> FindFaults()
    {
        opening.TryRead(Encoding.UTF8.GetBytes(Configured().ToJsonString()), null, out _, out _, out ChatValidationResult result);
        return result.Failures.Where(failure => failure.Path != "$");
    }

    /// <summary>The call, with what the client needs for it.</summary>
    /// <exception cref="ChatProblemException">The visitor sets what is not for visitors, or the options break the schema.</exception>
    public (ChatSessionSetup Setup, ChatCommand Command) Read(HttpContext context, JsonObject? body)
    {
        JsonObject options = Configured();
        if (body is not null)
        {
            ThrowIfNotSettable(body);
            Merge(options, body);
        }

        Func<object, object>? complete = _completions.Length == 0 ? null : read => _completions.Aggregate(read, (result, completion) => completion.Complete(context, result));
        return opening.TryRead(Encoding.UTF8.GetBytes(options.ToJsonString()), complete, out ChatSessionSetup? setup, out ChatCommand? command, out ChatValidationResult result)
            ? (setup, command)
            : throw new ChatProblemException(ChatProblem.Invalid with { Failures = result.Failures });
    }

    /// <summary>Sets what the visitor sends over what is configured; objects are merged.</summary>
    private static void Merge(JsonObject target, JsonObject source)
    {
        foreach ((string name, JsonNode? value) in source.ToArray())
        {
            if (value is JsonObject child && target[name] is JsonObject known)
            {
                Merge(known, child);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }

    private void ThrowIfNotSettable(JsonObject body)
    {
        // Without regard to case: what is refused must not depend on how somebody further on reads names.
        ChatValidationFailure[] failures =
        [
            .. body.Select(member => member.Key).Where(name => opening.ClientMembers.Contains(name, StringComparer.OrdinalIgnoreCase))
                .Select(name => new ChatValidationFailure("$." + name, "readOnly", $"'{name}' is set by the server alone.")),
        ];
        if (failures.Length > 0)
        {
            throw new ChatProblemException(ChatProblem.Invalid with { Failures = failures });
        }
    }

    private JsonObject Configured() => configuration is null ? [] : opening.ReadConfiguration(configuration.GetSection(opening.Operation));
}
