using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.GenesysCloud;

/// <summary>What a guest says when it asks for a conversation.</summary>
internal sealed record CloudChatRequest(string DisplayName, IReadOnlyDictionary<string, string> CustomFields)
{
    public static CloudChatRequest Read(JsonMembers members, GenesysCloudOptions options)
    {
        string organization = members.RequiredText("organizationId");
        string deployment = members.RequiredText("deploymentId");
        JsonMembers target = members.RequiredObject("routingTarget");
        string targetType = target.RequiredText("targetType");
        string queue = target.RequiredText("targetAddress");
        target.OptionalTexts("skills");
        target.OptionalText("language");
        target.OptionalInteger("priority");
        target.RefuseOthers();

        JsonMembers member = members.RequiredObject("memberInfo");
        string displayName = member.RequiredText("displayName");
        foreach (string name in new[] { "firstName", "lastName", "email", "phoneNumber", "avatarImageUrl" })
        {
            member.OptionalText(name);
        }

        IReadOnlyDictionary<string, string> customFields = member.OptionalTextMap("customFields");
        member.RefuseOthers();
        members.OptionalText("memberAuthToken");
        members.OptionalJson("journeyContext");
        members.RefuseOthers();

        if (!Guid.TryParse(deployment, out _))
        {
            throw CloudRefusals.BadRequest("deploymentId is no UUID", CloudCodes.DeploymentIdPattern);
        }

        if (organization != options.OrganizationId || deployment != options.DeploymentId)
        {
            throw CloudRefusals.BadRequest("there is no such organization or deployment", CloudCodes.InvalidValue);
        }

        if (targetType != "QUEUE")
        {
            throw CloudRefusals.BadRequest("routingTarget.targetType is not QUEUE", CloudCodes.RoutingTarget);
        }

        return queue == options.Queue ? new CloudChatRequest(displayName, customFields) : throw CloudRefusals.BadRequest("there is no such queue", CloudCodes.InvalidQueue);
    }
}
