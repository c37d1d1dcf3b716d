using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.AmazonConnect;

/// <summary>What a participant can ask for in a contact. Guarded by the emulator's lock.</summary>
internal sealed class ConnectOperations(AmazonConnectConversation contact, AmazonConnectOptions options, JsonMembers members, string content)
{
    private static readonly string[] s_messageTypes = ["text/plain", "text/markdown", "application/json", "application/vnd.amazonaws.connect.message.interactive.response"];

    public JsonObject SendMessage()
    {
        string contentType = members.RequiredText("ContentType");
        string text = members.RequiredText("Content");
        string? token = OptionalToken();
        if (!s_messageTypes.Contains(contentType))
        {
            throw ConnectRefusals.Validation($"ContentType {contentType} is not that of a message");
        }

        return text.Length <= options.MaxMessageLength
            ? contact.Once("message", token, content, () => contact.Say(contentType, text))
            : throw ConnectRefusals.Validation("Content is too long", isComplaint: false);
    }

    public JsonObject SendEvent()
    {
        string contentType = members.RequiredText("ContentType");
        string? text = members.OptionalText("Content");
        string? token = OptionalToken();
        string? messageId = null;
        switch (contentType)
        {
            case ConnectTypes.Delivered or ConnectTypes.Read:
                messageId = ReadMessageId(text);
                break;
            case ConnectTypes.Typing or ConnectTypes.Acknowledged when string.IsNullOrEmpty(text):
                break;
            case ConnectTypes.Typing or ConnectTypes.Acknowledged:
                throw ConnectRefusals.Validation("Content, where the event has none");
            default:
                throw ConnectRefusals.Validation($"ContentType {contentType} is not that of an event of participants");
        }

        return contact.Once("event", token, content, () => contact.Tell(contentType, messageId));
    }

    public JsonObject Disconnect()
    {
        string? token = OptionalToken();
        return contact.Once("disconnect", token, content, () =>
        {
            contact.Leave();
            return [];
        });
    }

    public JsonObject StartUpload(Func<ConnectUpload, JsonObject> describe)
    {
        string name = members.RequiredText("AttachmentName");
        long size = members.RequiredInteger("AttachmentSizeInBytes");
        string contentType = members.RequiredText("ContentType");
        string token = RequiredToken();
        if (size < 1)
        {
            throw ConnectRefusals.Validation("AttachmentSizeInBytes is less than 1");
        }

        if (size > options.MaxAttachmentSize || !options.AttachmentTypes.Contains(contentType))
        {
            throw ConnectRefusals.Validation("the attachment is too large, or its type is not allowed", isComplaint: false);
        }

        return contact.Once("start-attachment-upload", token, content, () =>
        {
            if (contact.Uploads.Count >= options.MaxAttachments)
            {
                throw ConnectRefusals.QuotaExceeded("too many attachments");
            }

            ConnectUpload upload = new(name, size, contentType);
            contact.Uploads.Add(upload);
            return new JsonObject { ["AttachmentId"] = upload.Id, ["UploadMetadata"] = describe(upload) };
        });
    }

    public JsonObject CompleteUpload()
    {
        IReadOnlyList<string> ids = members.OptionalTexts("AttachmentIds") ?? throw ConnectRefusals.Member(MemberFault.Missing, "AttachmentIds");
        string token = RequiredToken();
        if (ids.Count == 0)
        {
            throw ConnectRefusals.Member(MemberFault.Empty, "AttachmentIds");
        }

        return contact.Once("complete-attachment-upload", token, content, () =>
        {
            ConnectUpload[] uploads = [.. ids.Select(id => contact.Uploads.Find(upload => upload.Id == id) ?? throw ConnectRefusals.NotFound("there is no such attachment"))];
            if (uploads.Any(upload => upload.Content is null || upload.IsCompleted))
            {
                throw ConnectRefusals.Conflict("the attachment was not uploaded, or was completed already");
            }

            EmulatedFile[] files = [.. uploads.Select(upload => new EmulatedFile(upload.Id, upload.Name, upload.ContentType, upload.Content))];
            foreach ((ConnectUpload upload, EmulatedFile file) in uploads.Zip(files))
            {
                upload.IsCompleted = true;
                contact.AddFile(file);
            }

            contact.Attach(contact.Customer, files);
            return [];
        });
    }

    public JsonObject GetAttachment(Func<EmulatedFile, JsonObject> describe)
    {
        string id = members.RequiredText("AttachmentId");
        members.OptionalInteger("UrlExpiryInSeconds");
        members.RefuseOthers();
        return describe(contact.Attachments.Find(file => file.Id == id) ?? throw ConnectRefusals.NotFound("there is no such attachment"));
    }

    private string? OptionalToken()
    {
        string? token = members.OptionalText("ClientToken");
        members.RefuseOthers();
        return token != "" ? token : throw ConnectRefusals.Member(MemberFault.Empty, "ClientToken");
    }

    private string RequiredToken() => OptionalToken() ?? throw ConnectRefusals.Member(MemberFault.Missing, "ClientToken");

    // That it names the message as JSON is inferred.
    private string ReadMessageId(string? text)
    {
        JsonObject json = JsonMembers.TryParse(System.Text.Encoding.UTF8.GetBytes(text ?? "")) ?? throw ConnectRefusals.Validation("Content is no JSON object that names a message");
        JsonMembers receipt = new(json, "Content.", ConnectRefusals.Member);
        string id = receipt.RequiredText("messageId");
        receipt.RefuseOthers();
        return contact.Transcript.Any(item => (string?)item["Id"] == id) ? id : throw ConnectRefusals.Validation("there is no such message");
    }
}
