using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>A step of an operation, or of what the transport does by itself, that sends a request.</summary>
/// <param name="Request">The request's name.</param>
/// <param name="Operation">The operation; <see langword="null"/> if it is the transport itself.</param>
/// <param name="Given">The options that the step gives instead of the operation's.</param>
/// <param name="GivesResult">Whether the step's answer can be the operation's result.</param>
internal sealed record RequestUse(string Request, OperationModel? Operation, JsonObjectNode? Given, bool GivesResult)
{
    /// <summary>Whether nothing is known of the options.</summary>
    public bool HasOptions => Given is not null || Operation?.Options is not null;
}
