namespace ChatGen.Backends.GenesysCloud;

/// <summary>Codes of errors.</summary>
internal static class CloudCodes
{
    public const string BadRequest = "bad.request";
    public const string ConstraintValidation = "constraint.validation";
    public const string InvalidValue = "invalid.value";
    public const string InvalidQueryParameter = "invalid.query.param.value";
    public const string InvalidQueue = "chat.error.invalid.queue";
    public const string RoutingTarget = "chat.error.createconversationrequest.routingtarget";
    public const string NoDisplayName = "chat.error.notnull.createconversationrequest.memberinfo.displayname";
    public const string NoRoutingTarget = "chat.error.notnull.createconversationrequest.routingtarget";
    public const string DeploymentIdPattern = "chat.error.pattern.createconversationrequest.deploymentid";
    public const string NoBody = "chat.error.notnull.createconversationmessagerequest.body";
    public const string DeploymentDisabled = "chat.deployment.disabled";
    public const string ConversationState = "chat.error.conversation.state";
    public const string MemberState = "chat.error.member.state";
    public const string AuthenticationRequired = "authentication.required";
    public const string BadCredentials = "bad.credentials";
    public const string CredentialsExpired = "credentials.expired";
    public const string NotAuthorized = "not.authorized";
    public const string NotFound = "not.found";
    public const string ChatNotFound = "chat.error.not.found";
    public const string TooLarge = "request.entity.too.large";
    public const string UnsupportedMediaType = "unsupported.media.type";

    /// <summary>Not in the published table, which has no code for a wrong verb: inferred.</summary>
    public const string WrongVerb = "method.not.allowed";
}
