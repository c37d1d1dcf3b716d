using Microsoft.AspNetCore.Http;

namespace ChatGen;

/// <summary>What code adds to the options of a visitor's session.</summary>
/// <param name="ClientType">The client whose sessions they are.</param>
/// <param name="OptionsType">The options.</param>
/// <param name="Complete">Returns the options that it gets, with changes.</param>
internal sealed record SessionCompletion(Type ClientType, Type OptionsType, Func<HttpContext, object, object> Complete);
