using System.ComponentModel;
using System.Text.Json;

namespace ChatGen;

/// <summary>Checks JSON against a schema. For generated code.</summary>
/// <param name="instance">The JSON.</param>
/// <param name="failures">Takes every failure; a list is made when it is needed first.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void ChatJsonRules(JsonElement instance, ref List<ChatValidationFailure>? failures);
