using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>Keeps a node that may no longer own a session from overwriting the state that its new owner writes.</summary>
/// <remarks>A claim can still be lost between the check and the write; see <c>docs/aspnetcore.md</c>.</remarks>
internal sealed partial class ClaimedChatStateStorage(IChatStateStorage storage, IChatClaim claim, ILogger logger) : IExpiringChatStateStorage
{
    private volatile string _tag = "0";

    // Nobody else writes while the claim is held.
    private volatile ChatSessionState? _read;

    /// <summary>Tells the sessions of a visitor apart, on every node alike, and says nothing of the session's id.</summary>
    public string Tag => _tag;

    public TimeSpan RenewalInterval => (storage as IExpiringChatStateStorage)?.RenewalInterval ?? Timeout.InfiniteTimeSpan;

    public async ValueTask<ChatSessionState?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_read is { } known)
        {
            return known;
        }

        ChatSessionState? state = await storage.ReadAsync(cancellationToken).ConfigureAwait(false);
        Note(state);
        _read = state;
        return state;
    }

    public async ValueTask WriteAsync(ChatSessionState? state, CancellationToken cancellationToken)
    {
        Note(state);
        _read = null;
        if (claim.IsHeld)
        {
            await storage.WriteAsync(state, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            Log.NotHeld(logger);
        }
    }

    private void Note(ChatSessionState? state)
    {
        if (state is not null)
        {
            _tag = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes("chatgen-cursor:" + state.SessionId)).AsSpan(0, 6));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(107, LogLevel.Information, "A session's state was not written, since another node may hold the session by now.")]
        public static partial void NotHeld(ILogger logger);
    }
}
