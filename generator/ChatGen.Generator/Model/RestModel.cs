namespace ChatGen.Generator.Model;

/// <summary>How the session looks over HTTP.</summary>
/// <param name="Interface">The name of the Refit interface.</param>
/// <param name="Mapping">The mapping as JSON for the runtime, without what only the generator needs.</param>
/// <param name="Requests">The requests that are methods of the interface.</param>
internal sealed record RestModel(string Interface, string Mapping, EquatableArray<RestRequestModel> Requests);

/// <summary>A request as a method.</summary>
/// <param name="Name">Its name in the mapping.</param>
/// <param name="CSharpName">The name of the method, without <c>Async</c>.</param>
/// <param name="Description">What it does.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The path, with parameters for its placeholders; <see langword="null"/> if the address is a parameter.</param>
/// <param name="Headers">Headers that are always the same, as <c>Name: value</c>.</param>
/// <param name="Parameters">The parameters, in order, without the body.</param>
/// <param name="Body">The body, if it has one.</param>
/// <param name="Result">The record that is answered; <see langword="null"/> if there is none.</param>
/// <param name="IsDownload">Whether a file is answered.</param>
internal sealed record RestRequestModel(
    string Name,
    string CSharpName,
    string? Description,
    string Method,
    string? Route,
    EquatableArray<string> Headers,
    EquatableArray<RestParameterModel> Parameters,
    RestBodyModel? Body,
    string? Result,
    bool IsDownload);

/// <summary>A parameter of a request.</summary>
/// <param name="Placeholder">The source that it gives a value to, such as <c>options.from</c>.</param>
/// <param name="Name">The name of the C# parameter.</param>
/// <param name="Place">Where it goes.</param>
/// <param name="WireName">The name of the header, of the query parameter or of the part.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsRequired">Whether the request cannot be sent without it.</param>
/// <param name="Description">What it is.</param>
internal sealed record RestParameterModel(string Placeholder, string Name, RestParameterPlace Place, string WireName, TypeModel Type, bool IsRequired, string? Description);

/// <summary>Where a parameter of a request goes first.</summary>
internal enum RestParameterPlace
{
    Path,
    Url,
    Query,
    Header,
    Part,
    File,
}

/// <summary>The body of a request, as the caller gives it.</summary>
/// <param name="Encoding">How it is written.</param>
/// <param name="Record">Its type; <see langword="null"/> if it is any JSON object.</param>
internal sealed record RestBodyModel(RestEncoding Encoding, string? Record);

/// <summary>How a body is written.</summary>
internal enum RestEncoding
{
    Json,
    Form,
    Multipart,
    File,
}
