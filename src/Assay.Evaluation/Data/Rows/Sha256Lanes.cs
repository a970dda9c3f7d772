using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Assay.Evaluation.Data.Rows;

/// <summary>
/// SHA-256 (FIPS 180-4) of eight short messages at once, one in each lane of a vector. Millions of rows are hashed one by one, and the system's own
/// function takes longer to begin than to hash: three quarters of a microsecond each. Without such vectors the system's function is used.
/// </summary>
internal sealed class Sha256Lanes
{
    /// <summary>How many messages go at once.</summary>
    public const int Count = 8;

    /// <summary>Bytes of a hash.</summary>
    public const int HashBytes = 32;

    const int Block = 64, Tail = 9;
    readonly byte[][] messages = [.. Enumerable.Range(0, Count).Select(_ => new byte[4 * Block])];
    readonly int[] lengths = new int[Count];

    /// <summary>Room for a lane's message, which is to be written before the next call of <see cref="Hash"/>.</summary>
    public Span<byte> Message(int lane, int length)
    {
        Reserve(lane, length);
        lengths[lane] = length;
        return messages[lane].AsSpan(0, length);
    }

    /// <summary>The lane's buffer with room for so many bytes, what stands in it kept; <see cref="Ends"/> says how many are the message.</summary>
    public byte[] Reserve(int lane, int length)
    {
        if (messages[lane].Length < Padded(length))
            Array.Resize(ref messages[lane], Math.Max(Padded(length), checked(messages[lane].Length * 2)));
        return messages[lane];
    }

    /// <summary>How long the message is that was written into the lane's buffer.</summary>
    public void Ends(int lane, int length) => lengths[lane] = length;

    /// <summary>Hashes the first lanes; 32 bytes for each.</summary>
    public void Hash(int lanes, Span<byte> into)
    {
        if (!Avx2.IsSupported)
        {
            for (var lane = 0; lane < lanes; lane++)
                SHA256.HashData(messages[lane].AsSpan(0, lengths[lane]), into[(lane * HashBytes)..]);
            return;
        }
        Span<uint> blocks = stackalloc uint[Count];
        var most = 0;
        for (var lane = 0; lane < lanes; lane++)
            most = Math.Max(most, (int)(blocks[lane] = (uint)Pad(lane)));
        var states = Rounds(Vector256.Create<uint>(blocks), most);
        Span<uint> words = stackalloc uint[Count * Count];
        for (var word = 0; word < Count; word++)
            states[word].CopyTo(words[(word * Count)..]);
        for (var lane = 0; lane < lanes; lane++)
            for (var word = 0; word < Count; word++)
                BinaryPrimitives.WriteUInt32BigEndian(into[((lane * HashBytes) + (word * 4))..], words[(word * Count) + lane]);
    }

    static int Padded(int length) => checked((length + Tail + Block - 1) / Block * Block);

    int Pad(int lane)
    {
        var (message, length, padded) = (messages[lane], lengths[lane], Padded(lengths[lane]));
        message[length] = 0x80;
        message.AsSpan(length + 1, padded - length - 1).Clear();
        BinaryPrimitives.WriteUInt64BigEndian(message.AsSpan(padded - 8), (ulong)length * 8);
        return padded / Block;
    }

    /// <summary>All blocks of all lanes; a lane whose message has ended keeps its state.</summary>
    States Rounds(Vector256<uint> blocks, int most)
    {
        var state = new States();
        for (var i = 0; i < Count; i++)
            state[i] = Vector256.Create(Sha256Constants.Start[i]);
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[Block];
        for (var block = 0; block < most; block++)
        {
            Load(block * Block, schedule);
            for (var t = 16; t < Block; t++)
            {
                var (far, near) = (schedule[t - 15], schedule[t - 2]);
                schedule[t] = schedule[t - 16] + schedule[t - 7]
                    + (Turned(far, 7) ^ Turned(far, 18) ^ (far >>> 3)) + (Turned(near, 17) ^ Turned(near, 19) ^ (near >>> 10));
            }
            var next = Compressed(state, schedule);
            var going = Vector256.GreaterThan(blocks, Vector256.Create((uint)block));
            for (var i = 0; i < Count; i++)
                state[i] = Vector256.ConditionalSelect(going, state[i] + next[i], state[i]);
        }
        return state;
    }

    static States Compressed(in States state, ReadOnlySpan<Vector256<uint>> schedule)
    {
        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        ref var constant = ref MemoryMarshal.GetReference(Sha256Constants.Rounds);
        for (var t = 0; t < schedule.Length; t++)
        {
            var one = h + (Turned(e, 6) ^ Turned(e, 11) ^ Turned(e, 25)) + Vector256.ConditionalSelect(e, f, g)
                + Vector256.Create(Unsafe.Add(ref constant, t)) + schedule[t];
            var two = (Turned(a, 2) ^ Turned(a, 13) ^ Turned(a, 22)) + ((a & b) | (c & (a | b)));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + one, c, b, a, one + two);
        }
        var result = new States();
        (result[0], result[1], result[2], result[3], result[4], result[5], result[6], result[7]) = (a, b, c, d, e, f, g, h);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Turned(Vector256<uint> value, [ConstantExpected] byte by) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(value, by) : (value >>> by) | (value << (32 - by));

    /// <summary>Sixteen words of each lane from one byte on, turned so that each vector holds one word of every lane.</summary>
    void Load(int at, Span<Vector256<uint>> into)
    {
        for (var half = 0; half < 2; half++)
        {
            var rows = into.Slice(half * Count, Count);
            for (var lane = 0; lane < Count; lane++)
                rows[lane] = at + Block <= messages[lane].Length ? Word(messages[lane], at + (half * 32)) : default;
            Transpose(rows);
        }
    }

    static Vector256<uint> Word(byte[] message, int at) => Avx2.Shuffle(Vector256.LoadUnsafe(ref message[at]), Sha256Constants.Swap).AsUInt32();

    static void Transpose(Span<Vector256<uint>> r)
    {
        var (a0, a1, a2, a3) = (Avx2.UnpackLow(r[0], r[1]), Avx2.UnpackHigh(r[0], r[1]), Avx2.UnpackLow(r[2], r[3]), Avx2.UnpackHigh(r[2], r[3]));
        var (a4, a5, a6, a7) = (Avx2.UnpackLow(r[4], r[5]), Avx2.UnpackHigh(r[4], r[5]), Avx2.UnpackLow(r[6], r[7]), Avx2.UnpackHigh(r[6], r[7]));
        var (b0, b1, b2, b3) = (Low(a0, a2), High(a0, a2), Low(a1, a3), High(a1, a3));
        var (b4, b5, b6, b7) = (Low(a4, a6), High(a4, a6), Low(a5, a7), High(a5, a7));
        (r[0], r[1], r[2], r[3]) = (Halves(b0, b4, 0x20), Halves(b1, b5, 0x20), Halves(b2, b6, 0x20), Halves(b3, b7, 0x20));
        (r[4], r[5], r[6], r[7]) = (Halves(b0, b4, 0x31), Halves(b1, b5, 0x31), Halves(b2, b6, 0x31), Halves(b3, b7, 0x31));
    }

    static Vector256<uint> Low(Vector256<uint> x, Vector256<uint> y) => Avx2.UnpackLow(x.AsUInt64(), y.AsUInt64()).AsUInt32();

    static Vector256<uint> High(Vector256<uint> x, Vector256<uint> y) => Avx2.UnpackHigh(x.AsUInt64(), y.AsUInt64()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Halves(Vector256<uint> x, Vector256<uint> y, [ConstantExpected] byte which) => Avx2.Permute2x128(x, y, which);

    /// <summary>The eight words of the state, each for all lanes.</summary>
    [InlineArray(Count)]
    struct States
    {
        Vector256<uint> first;
    }
}
