using System.Net.Mail;

namespace ChatGen.Backends.GenesysGms;

/// <summary>What a visitor says of itself when it asks for a chat.</summary>
internal sealed record GmsChatRequest(string Nickname, string? Text, IReadOnlyDictionary<string, string> UserData)
{
    public static GmsChatRequest Read(GmsParameters parameters)
    {
        string? nickname = parameters.Optional("nickname");
        string? firstName = parameters.Optional("firstName");
        string? lastName = parameters.Optional("lastName");
        string? email = parameters.Optional("emailAddress");
        parameters.Optional("subject");
        string? text = parameters.Optional("text");
        IReadOnlyDictionary<string, string> userData = parameters.UserData();
        parameters.RefuseOthers();
        if (email is not null && !MailAddress.TryCreate(email, out _))
        {
            throw GmsRefusals.Coded(GmsRefusals.BadEmailAddress, "the e-mail address is wrong");
        }

        return new GmsChatRequest(nickname ?? FullName(firstName, lastName), text, userData);
    }

    private static string FullName(string? firstName, string? lastName) => (firstName, lastName) switch
    {
        (null, null) => throw GmsRefusals.Coded(GmsRefusals.NicknameMissing, "there is no nickname"),
        (null, _) => throw GmsRefusals.Coded(GmsRefusals.FirstNameMissing, "there is no first name"),
        (_, null) => throw GmsRefusals.Coded(GmsRefusals.LastNameMissing, "there is no last name"),
        _ => $"{firstName} {lastName}",
    };

    public void ApplyTo(GenesysGmsConversation conversation)
    {
        conversation.SetUserData(UserData);
        if (Text is not null)
        {
            conversation.AddVisitorMessage(Text);
            conversation.Say(Text);
        }
    }
}
