using ChatGen;
using Microsoft.AspNetCore.Components;

namespace WebChat.Client.Visitors;

/// <summary>A field of the registration form.</summary>
/// <param name="id">Its id in the page.</param>
/// <param name="label">What the visitor reads beside it.</param>
/// <param name="path">What it becomes in the options, as a JSON path.</param>
internal sealed class RegistrationField(string id, string label, string path)
{
    public string Id => id;

    public string Label => label;

    public string Path => path;

    public string Type { get; init; } = "text";

    public string AutoComplete { get; init; } = "off";

    public bool IsRequired { get; init; }

    public string Value { get; set; } = "";

    public string? ValueOrNull => string.IsNullOrWhiteSpace(Value) ? null : Value.Trim();

    /// <summary>What is wrong with the value; <see langword="null"/> if nothing is.</summary>
    public string? Problem { get; set; }

    public ElementReference Element { get; set; }

    /// <summary>Words the failure of a rule for a visitor. What the schema says is meant for developers.</summary>
    public string Explain(ChatValidationFailure failure) => failure.Keyword switch
    {
        "required" or "minLength" => $"Please fill in “{label}”.",
        "maxLength" => $"“{label}” is too long.",
        "format" => "This is no email address. It looks like jane@example.com.",
        _ => failure.Message,
    };
}
