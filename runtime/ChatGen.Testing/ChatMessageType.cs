namespace ChatGen.Testing;

/// <summary>What a message is. Schema: <c>MessageContent.type</c>.</summary>
public enum ChatMessageType
{
    /// <summary>Text; <c>text</c> on the wire.</summary>
    Text,

    /// <summary>An address; <c>url</c> on the wire.</summary>
    Url,

    /// <summary>A notice, which only agents send; <c>notice</c> on the wire.</summary>
    Notice,
}
