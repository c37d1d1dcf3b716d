using Microsoft.AspNetCore.Http;

namespace ChatGen;

/// <summary>Sends a visitor the events of a chat that he has not read, and then each that happens, until the chat is over or the server lets go of it.</summary>
internal sealed class EventFeed(ChatEventCatalog events, ChatGatewayOptions options, TimeProvider timeProvider)
{
    /// <summary>Sends events as long as there may be more.</summary>
    /// <param name="context">The request. Its response has not begun.</param>
    /// <param name="chat">The chat, with a stream begun.</param>
    /// <param name="cursor">How far the visitor has read; null if he has read nothing.</param>
    public async Task SendAsync(HttpContext context, LiveChat chat, ChatCursor? cursor)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, chat.LetGo);
        IAsyncEnumerator<ChatEvent> reader = chat.Session.ReadEventsAsync(stop.Token).GetAsyncEnumerator(CancellationToken.None);
        await using (reader.ConfigureAwait(false))
        {
            try
            {
                await SendAsync(context, chat, cursor, reader).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The visitor has gone, or the browser is to ask another server.
            }
        }
    }

    private async Task SendAsync(HttpContext context, LiveChat chat, ChatCursor? cursor, IAsyncEnumerator<ChatEvent> reader)
    {
        var stream = new EventStream(context);
        using var heartbeat = new PeriodicTimer(options.HeartbeatInterval, timeProvider);
        Task<bool> beat = heartbeat.WaitForNextTickAsync(CancellationToken.None).AsTask();
        int position = 0;
        int lastIndex = -1;
        bool hasBegun = false;
        bool hasUnsent = false;
        while (true)
        {
            ValueTask<bool> reading = reader.MoveNextAsync();
            if (!reading.IsCompleted)
            {
                // All that there is has been added.
                if (!hasBegun)
                {
                    await stream.BeginAsync(options.RetryAfter).ConfigureAwait(false);
                    hasBegun = true;
                }
                else if (hasUnsent)
                {
                    await stream.FlushAsync().ConfigureAwait(false);
                }

                hasUnsent = false;
            }

            Task<bool> next = reading.AsTask();
            while (!next.IsCompleted && await Task.WhenAny(next, beat).ConfigureAwait(false) == beat)
            {
                beat = heartbeat.WaitForNextTickAsync(CancellationToken.None).AsTask();
                stream.AddHeartbeat();
                await stream.FlushAsync().ConfigureAwait(false);
            }

            if (!await next.ConfigureAwait(false))
            {
                break;
            }

            ChatEvent chatEvent = reader.Current;
            if (chatEvent.EventType.KeptInHistory && chatEvent.Index is { } index)
            {
                lastIndex = index;
            }

            bool isRead = cursor is { } read && read.HasRead(chat, chatEvent, position);
            position++;
            if (isRead)
            {
                continue;
            }

            if (!hasBegun)
            {
                await stream.BeginAsync(options.RetryAfter).ConfigureAwait(false);
                hasBegun = true;
            }

            stream.Add(new ChatCursor(chat.Tag, lastIndex, chat.LogId, position).ToString(), events, chatEvent);
            hasUnsent = true;
        }

        if (!chat.HasEnded)
        {
            return;
        }

        if (!hasBegun)
        {
            // With this status browsers do not come again.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        stream.AddEnd();
        await stream.FlushAsync().ConfigureAwait(false);
    }
}
