using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Assay.Server.Http;

/// <summary>
/// The memory that connections receive into and send from, in larger blocks than the web server's own of 4 KiB: a gigabyte then takes 32 000
/// calls of the system each way, not 260 000, which was most of what an upload cost. A connection that waits holds none.
/// </summary>
sealed class TransferBlocks : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    sealed class Pool : MemoryPool<byte>
    {
        const int Size = 32 << 10, MostKept = 128;

        readonly ConcurrentQueue<Block> free = new();
        int kept;

        public override int MaxBufferSize => Size;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, Size);
            if (!free.TryDequeue(out var block))
                return new Block(this);
            Interlocked.Decrement(ref kept);
            return block;
        }

        void Return(Block block)
        {
            if (Interlocked.Increment(ref kept) <= MostKept)
                free.Enqueue(block);
            else
                Interlocked.Decrement(ref kept);
        }

        protected override void Dispose(bool disposing) => free.Clear();

        sealed class Block(Pool pool) : IMemoryOwner<byte>
        {
            public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(Size, pinned: true), 0, Size);

            public void Dispose() => pool.Return(this);
        }
    }
}
