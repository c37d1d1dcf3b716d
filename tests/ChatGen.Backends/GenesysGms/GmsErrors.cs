using System.Globalization;
using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.GenesysGms;

/// <summary>Errors as GMS words them: there is either a <c>statusCode</c> or <c>errors</c>.</summary>
internal static class GmsErrors
{
    public static JsonArray ToJson(RefusalException refusal) =>
        [new JsonObject { ["code"] = int.Parse(refusal.Code, CultureInfo.InvariantCulture), ["advice"] = refusal.Message }];

    public static EmulatorAnswer ToAnswer(RefusalException refusal)
    {
        EmulatorAnswer answer = EmulatorAnswer.Respond(refusal.Status, new JsonObject { ["errors"] = ToJson(refusal) }.ToJsonString());
        return refusal.Status == 405 ? answer.WithHeader("Allow", "POST") : answer;
    }
}
