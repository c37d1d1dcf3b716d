using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace ChatGen.Testing.Connections;

/// <summary>A connection whose bytes pass only where a <see cref="Passage"/> is open. What waits is kept, as by a network that is silent for a while.</summary>
/// <param name="inner">The connection.</param>
/// <param name="passage">What lets bytes pass.</param>
/// <param name="closed">The connection has ended: nothing has to wait any more.</param>
internal sealed class GuardedPipe(IDuplexPipe inner, Passage passage, CancellationToken closed) : IDuplexPipe
{
    public PipeReader Input { get; } = new Reader(inner.Input, passage, closed);

    public PipeWriter Output { get; } = new Writer(inner.Output, passage, closed);

    private sealed class Reader(PipeReader inner, Passage passage, CancellationToken closed) : PipeReader
    {
        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            ReadResult result = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
            await passage.WaitAsync(closed).ConfigureAwait(false);
            return result;
        }

        public override bool TryRead(out ReadResult result)
        {
            result = default;
            return passage.IsOpen && inner.TryRead(out result);
        }

        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }

    private sealed class Writer(PipeWriter inner, Passage passage, CancellationToken closed) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            passage.IsOpen ? inner.FlushAsync(cancellationToken) : FlushLaterAsync(cancellationToken);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        private async ValueTask<FlushResult> FlushLaterAsync(CancellationToken cancellationToken)
        {
            await passage.WaitAsync(closed).ConfigureAwait(false);
            return await inner.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
