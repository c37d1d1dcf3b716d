namespace ChatGen.Backends.AmazonConnect;

/// <summary>An attachment that the customer has begun to send.</summary>
internal sealed class ConnectUpload(string name, long size, string contentType)
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public string UrlToken { get; } = Guid.NewGuid().ToString("N");

    public string Name => name;

    public long Size => size;

    public string ContentType => contentType;

    public byte[]? Content { get; set; }

    public bool IsCompleted { get; set; }

    /// <summary>The header fields that the upload has to have.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = new Dictionary<string, string> { ["Content-Type"] = contentType, ["x-amz-meta-upload"] = Guid.NewGuid().ToString("N") };
}
