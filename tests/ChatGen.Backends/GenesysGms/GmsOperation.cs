namespace ChatGen.Backends.GenesysGms;

/// <summary>What a visitor can do in a conversation, whatever it is called on the wire.</summary>
internal enum GmsOperation
{
    SendMessage,
    Refresh,
    StartTyping,
    StopTyping,
    Disconnect,
    PushUrl,
    UpdateNickname,
    CustomNotice,
    UpdateData,
    ReadReceipt,
    GetFileLimits,
    UploadFile,
    DownloadFile,
    DeleteFile,
}
